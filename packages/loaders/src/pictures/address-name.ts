/** An address for messages: one that holds its file is named by its kind, it may be long. */
export function addressName(address: string | URL): string {
  const text = String(address);
  return /^data:/i.test(text) ? 'a data: address' : text;
}
