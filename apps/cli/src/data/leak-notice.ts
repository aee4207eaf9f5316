import { listed } from '../rendering/listed.ts';
import { counted } from '../rendering/quantities.ts';
import { type RunPicture, used } from '../run/run-pictures.ts';

const maxShown = 5;

const classOf = ({ name, class: own }: RunPicture): string => own ?? name.slice(0, name.indexOf('/'));

/** The pictures that a run uses, those of the same bytes together. */
function byContent(pictures: readonly RunPicture[]): RunPicture[][] {
  const groups = new Map<string, RunPicture[]>();
  for (const picture of used(pictures)) {
    const { sha256 = '' } = picture;
    const group = groups.get(sha256);
    if (group) group.push(picture);
    else groups.set(sha256, [picture]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

/** A line about pictures that are there as of several classes: whatever the network says of them is wrong. */
function contradictionNotice(source: string, pictures: readonly RunPicture[]): string | undefined {
  const several = byContent(pictures).filter((group) => new Set(group.map(classOf)).size > 1);
  if (several.length === 0) return undefined;
  const shown = several.map(([first, ...others]) => {
    const other = others.find((one) => first && classOf(one) !== classOf(first));
    return `${first?.name} and ${other?.name}`;
  });
  const inShards = several[0]?.[0]?.class !== undefined;
  const whose = inShards
    ? `${counted(several.length, 'picture has', 'pictures have')} several classes`
    : `${counted(several.length, 'picture lies', 'pictures lie')} in the folders of several classes`;
  const advice = inShards ? 'Keep one of each.' : 'Keep each in the folder of its class.';
  return `${source}: ${whose} (${listed(shown, maxShown)}), so what ${several.length === 1 ? 'it shows' : 'they show'} is contradictory. ${advice}`;
}

/** A line about test pictures whose files are copies of training pictures of their class: the network has seen them, whatever they are called. */
function leakNotice(source: string, pictures: readonly RunPicture[]): string | undefined {
  const copies = byContent(pictures).flatMap((group) =>
    group.flatMap((picture) => {
      const original = group.find((one) => one.part === 'training' && classOf(one) === classOf(picture));
      return picture.part === 'test' && original ? `${picture.name} of ${original.name}` : [];
    }),
  );
  if (copies.length === 0) return undefined;
  return `${source}: ${counted(copies.length, 'test picture is a copy', 'test pictures are copies')} of a training picture, so the result looks better than it is (${listed(copies, maxShown)}). Keep one of each.`;
}

/** What is to be known of the pictures of a run before its result is believed, in lines. */
export const pictureNotices = (source: string, pictures: readonly RunPicture[]): string[] =>
  [contradictionNotice(source, pictures), leakNotice(source, pictures)].filter((one) => one !== undefined);
