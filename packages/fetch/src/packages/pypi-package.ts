import { ZooError } from '@zoo/core';
import { decodedAddress } from '../file-name.ts';
import { pipDefaultIndex } from '../node/default-registry.ts';
import { npmSettings } from '../node/npm-settings.ts';
import { pipSettings } from '../node/pip-settings.ts';
import { requestWith } from '../node/request.ts';
import type { Transport } from '../transport.ts';
import { addressIn } from './address-in.ts';
import { downloadChecked } from './download-checked.ts';
import { integrityOf } from './integrity.ts';
import { readText } from './read-response.ts';
import type { Source, Transfer } from './source.ts';
import { tarEntries } from './tar-entries.ts';
import { zipEntries } from './zip-entries.ts';

/** A file of a Python package: a wheel or a source distribution, pinned to its bytes. */
export interface PypiFile {
  /** Of the package: `lpips`. */
  readonly name: string;
  /** Of the file: `lpips-0.1.4-py3-none-any.whl`, `lpips-0.1.4.tar.gz`. */
  readonly file: string;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

export const pypiTitle = ({ file }: PypiFile): string => `Python package ${file}`;

/** pip's index, proxy and certificates; what pip says nothing of is as for npm. */
const transport: Transport = {
  request: requestWith(async () => {
    const [npm, { proxy, ca }] = await Promise.all([npmSettings(), pipSettings()]);
    return { ...npm, ...(proxy !== undefined && { proxy, httpsProxy: proxy }), ...(ca && { ca }) };
  }),
  allowsConditions: () => true,
  base: () => undefined,
};

/** Credentials go into a header: an address with them is refused, and shown in messages. */
function withoutCredentials(address: string): { url: URL; headers: Record<string, string> } {
  const url = addressIn(address, "the index-url of pip's settings");
  const { username, password } = url;
  if (username === '') return { url, headers: {} };
  url.username = '';
  url.password = '';
  const text = `${decodedAddress(username)}:${decodedAddress(password)}`;
  return { url, headers: { Authorization: `Basic ${Buffer.from(text).toString('base64')}` } };
}

/** The wheel or source distribution, checked, in the work folder: from the user's own index (PEP 503), with the user's pip settings. */
export async function pypiFile(pinned: PypiFile, transfer: Transfer): Promise<string> {
  const { index } = await pipSettings();
  const { url: root, headers } = withoutCredentials(index ?? (await pipDefaultIndex()));
  const page = new URL(`${pinned.name.toLowerCase().replaceAll(/[-_.]+/g, '-')}/`, root);
  const html = await readText(page, { ...headers, Accept: 'text/html' }, transfer, transport);
  const links = [...html.matchAll(/<a\s[^>]*?href=["']([^"'#]+)/gi)].map(([, link = '']) =>
    link.replaceAll('&amp;', '&'),
  );
  const link = links.find((one) => decodedAddress(one.split(/[/?]/).at(-1) ?? '') === pinned.file);
  if (link === undefined) throw new ZooError('network', `${page.href} has no ${pinned.file}`);
  const url = addressIn(link, `the link to ${pinned.file} in ${page.href}`, page);
  const { bytes, sha256 } = pinned;
  const own = url.host === root.host ? headers : {};
  return downloadChecked(
    { url: url.href, bytes, integrity: integrityOf('sha256', sha256), headers: own, timeoutFactor: 6, transport },
    transfer,
  );
}

/**
 * A Python package that holds the canonical files as they are. Nothing of it is run. Python is needed only
 * to tell where its index is, when neither PIP_INDEX_URL nor pip's settings name one.
 *
 * @param folder Their folder inside of the archive: `lpips/weights/v0.1`, in a source distribution below `lpips-0.1.4/`.
 */
export const pypiPackage = (pinned: PypiFile, folder: string): Source => ({
  name: pypiTitle(pinned),
  async *deliver(context) {
    const file = await pypiFile(pinned, context);
    const wanted = new Map(context.wanted.map(({ name, bytes }) => [`${folder}/${name}`, bytes]));
    const entries = await (/\.(whl|zip)$/.test(pinned.file) ? zipEntries : tarEntries)(file, wanted);
    for (const [path, bytes] of entries) yield { name: path.slice(folder.length + 1), bytes };
  },
});
