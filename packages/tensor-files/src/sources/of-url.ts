import type { ByteSource, OpenOptions } from '../byte-source.ts';

const inNode = (): boolean => typeof process === 'object' && typeof process.versions?.node === 'string';

/**
 * A file of the web, fetched whole on first use and kept: in Node in the zoo's cache folder, in a browser in its Cache Storage
 * (`zoo-weights`). Later it needs no network.
 *
 * @throws ZooError `network` when it cannot be fetched, `corrupt-file` when it is not the file that its hash promises.
 */
export async function ofUrl(url: URL, options: OpenOptions): Promise<ByteSource> {
  if (inNode()) return (await import('./cached-on-disk.ts')).cachedOnDisk(url, options);
  return (await import('./cached-in-browser.ts')).cachedInBrowser(url, options);
}
