/** A part of a URL, percent-decoded; unchanged if it is not valid percent-encoding. */
export function decodedAddress(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The file's name in an address, for people. */
export const fileNameOf = (url: URL): string => decodedAddress(url.pathname.split('/').at(-1) || url.host);
