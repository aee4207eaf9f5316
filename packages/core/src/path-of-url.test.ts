import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { pathOfUrl } from './path-of-url.ts';

it('gives the path of an address, and says of another what is wrong with it', () => {
  const file = path.resolve('50% of #1?.png');
  expect([pathOfUrl(pathToFileURL(file)), pathOfUrl(pathToFileURL(file).href)]).toEqual([file, file]);
  expect(() => pathOfUrl('file:///a%zz.png')).toThrow(
    'file:///a%zz.png: names no file of this machine (URI malformed). Give its path, or file:///... with each % written as %25.',
  );
  expect(() => pathOfUrl(new URL('file:///a%2fb.png'))).toThrow('(ERR_INVALID_FILE_URL_PATH)');
  expect(() => pathOfUrl('file://[')).toThrow('(ERR_INVALID_URL)');
});
