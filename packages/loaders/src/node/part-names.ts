/** `other`: pictures without classes, or beyond those to train on. */
export type PartKind = 'training' | 'test' | 'validation' | 'other';

/** Words that may follow a part's name, joined or separate. */
const fillerWords = '(?:sets?|data|datasets?|images?|imgs?|pictures?|photos?|pics|files|folder|dir|split|part)';
const words: readonly [PartKind, RegExp][] = [
  ['training', new RegExp(`^(?:train|training|trn)${fillerWords}?$`)],
  ['test', new RegExp(`^(?:test|testing|tst)${fillerWords}?$`)],
  ['validation', new RegExp(`^(?:val|valid|validate|validation|eval|evaluation|dev|holdout)${fillerWords}?$`)],
];
/** Words that count only if none of the others is in a name: `train_labeled` is a training part next to `test_labeled`. */
const secondaryWords: typeof words = [
  ['training', /^(?:labell?ed|annotated)$/],
  ['other', /^(?:unlabell?ed|unannotated|extra)$/],
];
const filler = new RegExp(`^${fillerWords}$`);

/** A folder's name as that of a part of a data set. */
export interface PartName {
  readonly kind: PartKind;
  /** What else is in the name: the two parts of a pair have the same, as `seg_train` and `seg_test`. */
  readonly rest: string;
}

/** Reads `train`, `Training_Set`, `seg_test`, `valid`, `val2017`, `testImages`, `unlabeled`: in any case, with any signs between the words. */
export function partName(name: string): PartName | undefined {
  const tokens = name
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((token) => token !== '' && !filler.test(token));
  const kindsBy = (known: typeof words) => tokens.map((token) => known.find(([, pattern]) => pattern.test(token))?.[0]);
  const said = kindsBy(words);
  const kinds = said.some((one) => one !== undefined) ? said : kindsBy(secondaryWords);
  const [kind, ...others] = kinds.filter((one) => one !== undefined);
  if (!kind || others.length > 0) return undefined;
  return { kind, rest: tokens.filter((_, i) => kinds[i] === undefined).join(' ') };
}
