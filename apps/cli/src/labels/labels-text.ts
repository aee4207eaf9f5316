import { quoted, refuseLabels } from './refuse-labels.ts';

type OnNotice = (line: string) => void;

interface Kind {
  what: string;
  remedy?: string;
}

/** Files that people take for lists of names, by how they begin, a letter a byte. */
const kindsByBytes: readonly (Kind & { begins: readonly string[] })[] = [
  { begins: ['PK\x03\x04'], what: 'a workbook of Excel or another ZIP archive', remedy: 'Save it as CSV (UTF-8)' },
  { begins: ['\xd0\xcf\x11\xe0'], what: 'a file of Excel or Word before 2007', remedy: 'Save it as CSV (UTF-8)' },
  { begins: ['{\\rtf'], what: 'RTF, text with fonts', remedy: 'Save it as plain text' },
  { begins: ['%PDF'], what: 'a PDF' },
  { begins: ['\x89PNG', '\xff\xd8\xff', 'GIF8'], what: 'a picture' },
  { begins: ['\x1f\x8b'], what: 'packed by gzip', remedy: 'Unpack it' },
  {
    begins: ['\x80\x02', '\x80\x03', '\x80\x04', '\x80\x05'],
    what: 'a pickle of Python',
    remedy: 'Save it as JSON, json.dump(list(names), file)',
  },
  {
    begins: ['\x93NUMPY'],
    what: 'an array of NumPy',
    remedy: 'Save it as JSON, json.dump(names.tolist(), file)',
  },
  {
    begins: ['version https://git-lfs'],
    what: 'a pointer of Git LFS',
    remedy: 'Run "git lfs pull" in its repository',
  },
];
const kindsByText: readonly (Kind & { begins: RegExp })[] = [
  {
    begins: /^\s*<(?:!doctype|html)\b/i,
    what: 'a web page',
    remedy: 'Download the file itself, which sites call "raw"',
  },
  { begins: /^\s*<\?xml\b/i, what: 'XML' },
];

function refuseKind(file: string, kind: Kind | undefined): void {
  if (kind) refuseLabels(file, `is ${kind.what}${kind.remedy ? `. ${kind.remedy}` : ''}`);
}

const marks: readonly { encoding: string; bytes: readonly number[] }[] = [
  { encoding: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
  { encoding: 'utf-16le', bytes: [0xff, 0xfe] },
  { encoding: 'utf-16be', bytes: [0xfe, 0xff] },
];

const decoded = (bytes: Uint8Array, encoding: string): string | undefined => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

/**
 * Whether text read as Windows-1252 looks like names in a language of Western Europe. Russian, Chinese or Japanese in an encoding of
 * their own become rows of accented letters and signs.
 */
const isWestern = (text: string): boolean =>
  !/[\x80-\x9f]|\P{ASCII}{3}/u.test(text) && /^[\p{ASCII}\p{Script=Latin}\u00a0-\u00bf‘’“”–—…•€™]*$/u.test(text);

const lineOf = (text: string, isIt: (line: string) => boolean): [number, string] => {
  const lines = text.split(/\r\n?|\n/);
  const place = lines.findIndex(isIt);
  return [place + 1, lines[place]?.trim() ?? ''];
};

/** What Windows-1252 has in the place of control characters; TextDecoder of some versions of Node leaves those as they are. */
const windowsSigns = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';
const textOfWindows = (bytes: Uint8Array): string =>
  Buffer.from(bytes)
    .toString('latin1')
    .replace(/[\x80-\x9f]/g, (sign) => windowsSigns[sign.charCodeAt(0) - 0x80] ?? sign);

/** Text of Windows programs of before UTF-8, where that can be told. @throws ZooError `data`. */
function ofWindows(file: string, bytes: Uint8Array, onNotice: OnNotice): string {
  const text = textOfWindows(bytes);
  const [place, line] = lineOf(text, (one) => /\P{ASCII}/u.test(one));
  if (!isWestern(text)) return refuseLabels(file, `is not UTF-8 (line ${place}). Save it as UTF-8`);
  onNotice(
    `--labels ${file}: is not UTF-8, and is read as Windows-1252 (Latin-1). Line ${place} is ${quoted(line)}: if that is wrong, save the file as UTF-8.`,
  );
  return text;
}

function textIn(file: string, bytes: Uint8Array, onNotice: OnNotice): string {
  const mark = marks.find((one) => one.bytes.every((byte, index) => bytes[index] === byte));
  if (mark)
    return decoded(bytes, mark.encoding) ?? refuseLabels(file, `is damaged ${mark.encoding.toUpperCase()} text`);
  if (bytes.includes(0)) return refuseLabels(file, 'is no text in UTF-8: it has bytes of zero. Save it as UTF-8');
  return decoded(bytes, 'utf-8') ?? ofWindows(file, bytes, onNotice);
}

/**
 * The text of a file of names: UTF-8, UTF-16 with its mark, as Windows PowerShell writes it, or else Windows-1252, which is told.
 *
 * @throws ZooError `data` that names what is no text, and for text whose encoding cannot be told.
 */
export function labelsText(file: string, bytes: Uint8Array, onNotice: OnNotice): string {
  const start = Buffer.from(bytes.subarray(0, 64)).toString('latin1');
  refuseKind(
    file,
    kindsByBytes.find(({ begins }) => begins.some((one) => start.startsWith(one))),
  );
  const text = textIn(file, bytes, onNotice);
  refuseKind(
    file,
    kindsByText.find(({ begins }) => begins.test(text.slice(0, 256))),
  );
  return text;
}
