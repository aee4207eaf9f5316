import { type Download, download, requestOptions, withinPatience } from './download.ts';
import type { SourceContext, Transfer } from './source.ts';
import { tarEntries } from './tar-entries.ts';

/** A package of the npm registry, pinned to the bytes of its tarball. */
export interface NpmPackage extends Pick<Download, 'bytes' | 'integrity'> {
  readonly name: string;
  readonly version: string;
}

export const packageTitle = ({ name, version }: NpmPackage): string => `npm package ${name} ${version}`;

/** The tarball of a package, checked, in the work folder: from the user's own registry, with the user's npm settings. */
export async function npmTarball({ name, version, bytes, integrity }: NpmPackage, transfer: Transfer): Promise<string> {
  const { default: pacote } = await import('pacote');
  const url = await withinPatience(transfer, async (signal) =>
    pacote.resolve(`${name}@${version}`, { ...(await requestOptions(signal)), integrity }),
  );
  // A registry that mirrors another one may have to fetch the package itself first.
  return download({ url, bytes, integrity, slow: 6 }, transfer);
}

/** Some files of a package. */
export async function packageFiles(
  pinned: NpmPackage,
  wanted: ReadonlyMap<string, number>,
  context: SourceContext,
): Promise<Map<string, Uint8Array>> {
  const file = await npmTarball(pinned, context);
  const inside = new Map(Array.from(wanted, ([file, limit]) => [`package/${file}`, limit]));
  const entries = await tarEntries(file, inside);
  return new Map(Array.from(entries, ([file, content]) => [file.slice('package/'.length), content]));
}
