/** A text of an address in readable letters; as it stands where its percent signs are none of an escape. */
export function decodedAddress(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The file's name in an address, for people. */
export const fileNameOf = (url: URL): string => decodedAddress(url.pathname.split('/').at(-1) || url.host);
