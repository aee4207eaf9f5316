import { expect, it } from 'vitest';
import { wrapped } from './wrapped.ts';

it('breaks between words, and lets a word that is too long stand by itself', () => {
  expect(wrapped('no adapter is found here', 10)).toEqual(['no adapter', 'is found', 'here']);
  expect(wrapped('see /usr/lib/chromium for it', 8)).toEqual(['see', '/usr/lib/chromium', 'for it']);
  expect(wrapped('short', 80)).toEqual(['short']);
});
