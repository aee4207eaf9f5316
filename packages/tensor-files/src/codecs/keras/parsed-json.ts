/** JSON, or undefined: a configuration that is none spoils no tensor. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
