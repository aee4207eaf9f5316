/**
 * What parsing a JSON text would take, found without parsing it: how many values it holds, names of fields included, and how
 * deep they lie in one another. Of a text that is no JSON, no less than what the parser makes of it before it fails.
 */
export function jsonCost(text: string): { values: number; depth: number } {
  let [values, depth, deepest] = [1, 0, 0];
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 0x22: // A string ends with the next quotation mark that no backslash stands before.
        for (at++; at < text.length && text.charCodeAt(at) !== 0x22; at++) if (text.charCodeAt(at) === 0x5c) at++;
        break;
      case 0x5b: // [
      case 0x7b: // {
        values++;
        depth++;
        if (depth > deepest) deepest = depth;
        break;
      case 0x5d: // ]
      case 0x7d: // }
        depth--;
        break;
      case 0x2c: // ,
      case 0x3a: // :
        values++;
    }
  }
  return { values, depth: deepest };
}
