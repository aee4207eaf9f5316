import { fetchFile } from '@zoo/fetch';

/** A picture of the web, which is not kept. */
export async function readWeb(address: string | URL): Promise<Uint8Array> {
  const file = await fetchFile(address, { cache: false });
  try {
    return await file.read(0, file.size);
  } finally {
    await file.close();
  }
}
