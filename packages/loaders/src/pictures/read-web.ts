import { ZooError } from '@zoo/core';
import { fetchFile } from '@zoo/fetch';
import { addressName } from './address-name.ts';

/** What lies in the address itself, or in the memory of the page. */
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

/** No picture is larger, however long an answer is: pictures are read whole. */
const maxBytes = 256e6;

/** A picture of the web, which is not kept. */
export async function readWeb(address: string | URL): Promise<Uint8Array> {
  if (/^(?:data|blob):/i.test(String(address))) return readLocal(address);
  const file = await fetchFile(address, { cache: false, maxBytes });
  try {
    return await file.read(0, file.size);
  } finally {
    await file.close();
  }
}
