/** Prefixes of library messages that do not help users: `Input buffer has corrupt header: pngload_buffer: `. */
const prefixes =
  /^(?:input (?:buffer|file) has corrupt header:\s*|[a-z0-9]+(?:load|2vips)(?:_buffer|_source)?:\s*|vipsjpeg:\s*|webp:\s*|source:\s*)+/i;

/** Messages without information. */
const empty = /^(?:unknown error|error|undefined|null|)$/i;

/** What a decoder says of its failure, line by line, without the names of libraries. */
export function decoderReasons(cause: unknown): string[] {
  const text = cause instanceof Error ? cause.message : String(cause);
  return text
    .split('\n')
    .map((line) => line.trim().replace(prefixes, ''))
    .filter((line) => !empty.test(line));
}

/** Why a decoder failed, in one line without the names of libraries. */
export function decoderReason(cause: unknown): string {
  const [first] = decoderReasons(cause);
  if (first === undefined) return 'its pixels cannot be decoded';
  return first.replace(/^libspng read error$/i, 'its data ends too early');
}
