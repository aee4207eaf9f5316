import { ZooError } from '@zoo/core';
import type { NamedBytes } from './bytes.ts';

/** Enough for the mark of a tar archive, which stands behind its first file's name and sizes. */
const seen = 512;

/** What files turn out to be that are given as weights: how they begin, and what to do. */
const kinds: readonly { begins: RegExp | readonly string[]; what(text: string): string; advice: string }[] = [
  {
    begins: /^version https:\/\/git-lfs/,
    what: (text) => `is a pointer of Git LFS${sizeIn(text)}, not the file itself`,
    advice: 'Run "git lfs pull" in its repository, or download the file from its page',
  },
  {
    begins: /^(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|body|\?xml|!--)/i,
    what: (text) => `is a web page${titleIn(text)}, not a file of weights`,
    advice: 'Open its address in a browser: it may ask for a login, or that a large download be confirmed',
  },
  {
    begins: /^[^\0]{1,100}\0.{156,256}ustar/s,
    what: (text) => `is a tar archive${nameIn(text)}`,
    advice: 'Unpack it ("tar xf"), and give the file in it',
  },
  {
    begins: ['\x1f\x8b'],
    what: () => 'is packed by gzip',
    advice: 'Unpack it ("gunzip" or "tar xzf"), and give what is in it',
  },
  {
    begins: ['7z\xbc\xaf', 'Rar!', '\xfd7zXZ', 'BZh9'],
    what: () => 'is a packed archive',
    advice: 'Unpack it, and give what is in it',
  },
  {
    begins: /^(?:\x89PNG|\xff\xd8\xff|GIF8|%PDF|RIFF)/,
    what: () => 'is a picture or document',
    advice: 'Give a file of weights',
  },
  {
    begins: /^\{\s*"(?:error|message|detail)"/i,
    what: (text) => `is an error of a server: ${text.slice(0, 120).replace(/\s+/g, ' ')}`,
    advice: 'Check the address, and whether it needs a login',
  },
];

/** The first name of a tar archive, unless it is only that of a header. */
const nameIn = (text: string): string => {
  const name = text.slice(0, text.indexOf('\0'));
  return name.includes('PaxHeader') ? '' : ` of ${name}`;
};
const sizeIn = (text: string): string => {
  const size = /\nsize (\d{1,16})\n/.exec(text)?.[1];
  return size === undefined ? '' : ` for a file of ${size} bytes`;
};
const titleIn = (text: string): string => {
  const title = /<title>([^<]{1,80})<\/title>/i.exec(text)?.[1];
  return title === undefined ? '' : ` (${JSON.stringify(title.trim())})`;
};

/**
 * Looks at what a file begins with before its name decides which reader has to make sense of it: a download that went wrong is named as
 * such, not as damage.
 *
 * @throws ZooError `corrupt-file` for what is no file of tensors in any format.
 */
export async function refuseForeign(source: NamedBytes): Promise<void> {
  if (source.size === 0)
    throw new ZooError(
      'corrupt-file',
      `${source.name}: has 0 bytes, so nothing was written to it. Fetch or write the file anew.`,
    );
  const text = new TextDecoder('latin1').decode(await source.read(0, Math.min(seen, source.size)));
  const kind = kinds.find(({ begins }) =>
    begins instanceof RegExp ? begins.test(text) : begins.some((mark) => text.startsWith(mark)),
  );
  if (kind) throw new ZooError('corrupt-file', `${source.name}: ${kind.what(text)}. ${kind.advice}.`);
}
