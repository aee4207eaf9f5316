import { Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { openTerminal } from '../terminal.ts';
import { listedBelow } from './listed.ts';
import { wrapped } from './wrapped.ts';

it('breaks between words, and lets a word that is too long stand by itself', () => {
  expect(wrapped('no adapter is found here', 10)).toEqual(['no adapter', 'is found', 'here']);
  expect(wrapped('see /usr/lib/chromium for it', 8)).toEqual(['see', '/usr/lib/chromium', 'for it']);
  expect(wrapped('short', 80)).toEqual(['short']);
});

it('sets in what goes on, where the text is set in', () => {
  expect(wrapped('  cat/1.png: damaged file', 14)).toEqual(['  cat/1.png:', '    damaged', '    file']);
});

it('keeps lists lists on a narrow terminal', () => {
  let text = '';
  const stream = new Writable({
    write(piece, _, done) {
      text += String(piece);
      done();
    },
  });
  const err = Object.assign(stream, { isTTY: true as const, columns: 30 });
  const damaged = ['cat/1.png: damaged or cut short PNG file', 'dog/2.png: damaged'];
  openTerminal({ out: stream, err, env: { NO_COLOR: '1', TERM: 'dumb' } }).note(
    `pets: left out:\n${listedBelow(damaged)}`,
  );
  expect(text.trimEnd().split('\n')).toEqual([
    'pets: left out:',
    '  cat/1.png: damaged or cut',
    '    short PNG file',
    '  dog/2.png: damaged',
  ]);
});

it('counts two columns for wide letters', () => {
  expect(wrapped('猫の写真 犬の写真', 12)).toEqual(['猫の写真', '犬の写真']);
});
