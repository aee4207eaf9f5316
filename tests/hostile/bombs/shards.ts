import { gzipSync } from 'node:zlib';
import { tfRecord } from '../../../packages/trainers/src/tensorboard/tfrecord.ts';
import { bombsOf } from '../bomb.ts';
import { field, joined, list, repeated, varint, whole, zeros } from '../bytes.ts';
import { tarEntry, tarHeader } from './sets.ts';

const gzip = (bytes: Uint8Array) => new Uint8Array(gzipSync(bytes, { level: 9 }));
const plain = (...entries: Uint8Array[]) => ({ 'a.tar': joined(entries, zeros(1024)) });
const packed = (...entries: Uint8Array[]) => ({ 'a.tar.gz': gzip(joined(entries, zeros(1024))) });

/** A GIF of one point. */
const gif = Buffer.from('R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs=', 'base64');
const picture = tarEntry('a.gif', new Uint8Array(gif));
const good = joined(picture, tarEntry('a.cls', '0'));
const labelled = (name: string, label: string) => plain(picture, tarEntry(name, label));
const numbered = (count: number, name: (index: number) => string, content: Uint8Array | string) =>
  list(count, (index) => tarEntry(name(index), content));

/** A header with a size in base 256, as GNU's tar has it for large files. */
function vast(): Uint8Array {
  const header = tarHeader('a.gif', 0);
  header.set(Buffer.from('80ffffffffffffffffffffff', 'hex'), 124);
  header.fill(0x20, 148, 156);
  const sum = header.reduce((all, byte) => all + byte, 0);
  header.set(Buffer.from(`${sum.toString(8).padStart(6, '0')}\0 `), 148);
  return header;
}

/** The file is read as the archive that it is, whatever its name. */
export const shardBombs = bombsOf('shard', {
  'tar shard: 60,000 empty files': () => plain(...numbered(6e4, (i) => `${i}.txt`, ''), good),
  'tar shard: 30,000 empty files, packed': () => packed(...numbered(3e4, (i) => `${i}.txt`, ''), good),
  'tar shard: 20,000 pictures': {
    ends: 'opened',
    files: () =>
      plain(...list(2e4, (i) => joined(tarEntry(`${i}.gif`, new Uint8Array(gif)), tarEntry(`${i}.cls`, `${i % 9}`)))),
  },
  'tar shard: 60,000 files of one key': () => plain(picture, ...numbered(6e4, (i) => `a.${i}`, '')),
  'tar shard: one file 8,000 times, packed': { ends: 'refused', files: () => packed(repeated(good, 4e3)) },
  'tar shard: 150 MB of zeros, packed': { ends: 'refused', files: () => ({ 'a.tar.gz': gzip(zeros(15e7)) }) },
  'tar shard: a picture of 15 MB of zeros, packed': () =>
    packed(tarEntry('a.gif', zeros(15e6)), tarEntry('a.cls', '0')),
  'tar shard: gzip in gzip': () => ({ 'a.tar.gz': gzip(gzip(joined(good, zeros(1024)))) }),
  'tar shard: cut short in its gzip': { ends: 'refused', files: () => ({ 'a.tar.gz': gzip(good).subarray(0, 60) }) },
  'tar shard: says 8 GB, has nothing': { ends: 'refused', files: () => plain(tarHeader('a.gif', '77777777777')) },
  'tar shard: a size of 96 bits': {
    ends: 'refused',
    files: () => plain(vast()),
  },
  'tar shard: a negative size': { ends: 'refused', files: () => plain(tarHeader('a.gif', '-0000000001')) },
  'tar shard: a size from an extended header': {
    ends: 'refused',
    files: () => plain(tarEntry('PaxHeader', '23 size=99999999999999\n', 'x'), good),
  },
  'tar shard: a size of less than nothing from an extended header': {
    ends: 'refused',
    files: () => plain(tarEntry('PaxHeader', '15 size=-77777\n', 'x'), good),
  },
  'tar shard: an extended header of 10 MB': {
    ends: 'refused',
    files: () => packed(tarEntry('PaxHeader', repeated('30 comment=aaaaaaaaaaaaaaaaaa\n', 3e5), 'x'), good),
  },
  'tar shard: 250 extended headers of 60 kB': () =>
    packed(repeated(tarEntry('PaxHeader', repeated('30 comment=aaaaaaaaaaaaaaaaaa\n', 2000), 'x'), 250), good),
  'tar shard: digits in an extended header, for slow readers': {
    ends: 'refused',
    files: () => plain(tarEntry('PaxHeader', repeated('9', 6e4), 'x'), good),
  },
  'tar shard: 6,000 fields of an extended header': () =>
    plain(tarEntry('PaxHeader', list(6000, () => '10 a=bcde\n').join(''), 'x'), good),
  'tar shard: a name of 10 MB (GNU)': {
    ends: 'refused',
    files: () => packed(tarEntry('././@LongLink', repeated('n', 1e7), 'L'), good),
  },
  'tar shard: 250 names of 60 kB (GNU)': () =>
    packed(repeated(joined(tarEntry('././@LongLink', repeated('n', 6e4), 'L'), tarEntry('x', '')), 250), good),
  'tar shard: a name of slashes and dots, for slow patterns': () =>
    plain(tarEntry('././@LongLink', repeated('a/.', 2e4), 'L'), tarEntry('x', ''), good),
  'tar shard: 20,000 global headers': () => plain(repeated(tarEntry('g', '14 size=77777\n', 'g'), 2e4), good),
  'tar shard: links to a parent': {
    ends: 'refused',
    files: () => plain(tarEntry('a.gif', '', '2', '../../../etc/passwd'), tarEntry('a.cls', '', '1', '/etc/passwd')),
  },
  'tar shard: names that lead out': { ends: 'opened', files: () => plain(tarEntry('../../x', 'x'), good) },
  'tar shard: names with escapes': {
    ends: 'refused',
    files: () => plain(tarEntry('\u001b[2J.gif', 'x'), tarHeader('\u001b[2Jfolder', '77777777777')),
  },
  'tar shard: a picture with escapes in its name': {
    ends: 'refused',
    files: () => plain(tarEntry('\u001b[2J.gif', 'x'), tarEntry('\u001b[2J.cls', '0')),
  },
  'tar shard: a class of 60 kB with escapes': () => labelled('a.txt', '\u001b[2J'.repeat(15_000)),
  'tar shard: two classes of 60 kB, one a number': {
    ends: 'refused',
    files: () => plain(good, tarEntry('b.gif', new Uint8Array(gif)), tarEntry('b.txt', 'x'.repeat(6e4))),
  },
  'tar shard: class 2^53': { ends: 'refused', files: () => labelled('a.cls', '9007199254740993') },
  'tar shard: a class of 60,000 digits': { ends: 'refused', files: () => labelled('a.cls', '9'.repeat(6e4)) },
  'tar shard: class 1e999 of JSON': { ends: 'refused', files: () => labelled('a.json', '{"label":1e999}') },
  'tar shard: JSON nested deep': { ends: 'refused', files: () => labelled('a.json', '['.repeat(6e4)) },
  'tar shard: JSON with __proto__': { ends: 'refused', files: () => labelled('a.json', '{"__proto__":{"cls":0}}') },
  'tar shard: a label of 10 MB': { ends: 'refused', files: () => packed(picture, tarEntry('a.txt', zeros(1e7))) },
  'tar shard: no archive': { ends: 'refused', files: () => ({ 'a.tar': repeated('x', 1e6) }) },
  'tar shard: empty': { ends: 'refused', files: () => ({ 'a.tar': '' }) },
});

const events = (...messages: readonly Uint8Array[]) => ({ 'events.out.tfevents': joined(messages.map(tfRecord)) });
const version = field(3, 'brain.Event:2');
/** A record whose checksums are right, but that says another length. */
const lying = (length: bigint): Uint8Array => {
  const record = tfRecord(zeros(8));
  const lengthBytes = new Uint8Array(BigUint64Array.of(length).buffer);
  const sum = tfRecord(lengthBytes).subarray(20, 24);
  record.set(lengthBytes, 0);
  record.set(sum, 8);
  return record;
};

export const eventFileBombs = bombsOf('event file', {
  'event file: a record of 2^64 - 1 bytes': () => ({ a: joined(tfRecord(version), lying(2n ** 64n - 1n)) }),
  'event file: a record of 2^53 bytes': () => ({ a: joined(tfRecord(version), lying(2n ** 53n)) }),
  'event file: 500,000 empty records': () => ({ a: repeated(tfRecord(zeros(0)), 5e5) }),
  'event file: a step of ten million fields': () => events(version, repeated(whole(2, 1), 1e7)),
  'event file: a summary of ten million values': () => events(version, field(5, repeated(field(1), 1e7))),
  'event file: a tag of 20 MB': () => events(version, field(5, field(1, field(1, repeated('t', 2e7))))),
  'event file: a tag that is no text': () => events(version, field(5, field(1, field(1, repeated('\xff', 1000))))),
  'event file: a field longer than its message': () => events(version, joined(varint(42), varint(2n ** 40n))),
  'event file: a field of 2^70 bytes': () =>
    events(version, joined(varint(42), repeated('\x7f', 1).fill(0xff), zeros(1))),
  'event file: a number without an end': () => events(version, repeated('\x7f', 1e6).fill(0xff)),
  'event file: groups of old': () => events(version, repeated(Uint8Array.of(0x0b), 1e6)),
  'event file: a step beyond counting': () => events(version, whole(2, 2n ** 64n - 1n)),
  'event file: no event file': () => ({ a: repeated('no event file ', 1e6) }),
  'event file: empty': () => ({ a: '' }),
});
