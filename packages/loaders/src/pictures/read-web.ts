import { ZooError } from '@zoo/core';
import { fetchFile } from '@zoo/fetch';
import { addressName } from './address-name.ts';

/** Reads a `data:` or `blob:` URL. */
async function readLocal(address: string | URL): Promise<Uint8Array> {
  try {
    return new Uint8Array(await (await fetch(address)).arrayBuffer());
  } catch (cause) {
    throw new ZooError(
      'not-found',
      `${addressName(address)}: cannot be read. A blob: address holds until URL.revokeObjectURL(), a data: address is data:image/png;base64,...`,
      { cause },
    );
  }
}

/** Limit for a response: pictures are read whole. */
const maxBytes = 256e6;

/** A picture from the web, which is not cached. */
export async function readWeb(address: string | URL): Promise<Uint8Array> {
  if (/^(?:data|blob):/i.test(String(address))) return readLocal(address);
  const file = await fetchFile(address, { cache: false, maxBytes });
  try {
    return await file.read(0, file.size);
  } finally {
    await file.close();
  }
}
