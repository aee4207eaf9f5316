import { bombsOf } from '../bomb.ts';
import { list } from '../bytes.ts';
import { runRecord } from '../small-run.ts';

const record = (more: object) => ({ 'run.json': JSON.stringify({ ...runRecord, ...more }) });
const epoch = {
  epoch: 1,
  loss: 1,
  accuracy: 0.5,
  learningRate: 0.1,
  seconds: 1,
  imagesPerSecond: 1,
  validation: { loss: 1, top1: 0.5, top5: 0.5, examples: 1 },
};

export const recordBombs = bombsOf('run record', {
  'run.json: 100,000 epochs': () => record({ epochs: list(1e5, (i) => ({ ...epoch, epoch: i + 1 })) }),
  'run.json: a confusion of 4 million counts': () =>
    record({
      evaluation: { loss: 1, top1: 0, top5: 0, examples: 1, confusion: list(2000, () => list(2000, () => 1)) },
    }),
  'run.json: a loss of null, as NaN is written': {
    ends: 'refused',
    files: () => record({ epochs: [{ ...epoch, loss: null }] }),
  },
  'run.json: a loss of 1e999': {
    ends: 'refused',
    files: () => ({
      'run.json': JSON.stringify({ ...runRecord, epochs: [epoch] }).replace('"loss":1', '"loss":1e999'),
    }),
  },
  'run.json: nested deep': () => ({ 'run.json': `{"commands":${'['.repeat(5e5)}` }),
  'run.json: commands nested 5,000 deep': () => ({
    'run.json': JSON.stringify({ ...runRecord, commands: 0 }).replace(
      '"commands":0',
      `"commands":${'['.repeat(5000)}${']'.repeat(5000)}`,
    ),
  }),
  'run.json: a million classes': () =>
    record({ data: { given: 'd', name: 'd', classes: list(1e6, () => 'c'), training: 1, test: 1 } }),
  'run.json: a state with escapes': () => record({ state: '\u001b[2J\u0007' }),
  'run.json: a field with escapes': () => record({ '\u001b[2J\u0007': 1 }),
  'run.json: __proto__': () => ({
    'run.json': JSON.stringify(runRecord).replace('{', '{"__proto__":{"state":"finished"},'),
  }),
  'run.json: a spec of 6 GB': () =>
    record({
      spec: {
        ...runRecord.spec,
        layers: [{ kind: 'flatten', call: true }, ...list(40, () => ({ kind: 'dense', units: 65_536 }))],
      },
    }),
  'run.json: cut short': () => ({ 'run.json': JSON.stringify(runRecord).slice(0, 500) }),
  'run.json: empty': () => ({ 'run.json': '' }),
  'run.json: 30 MB of spaces': () => ({ 'run.json': ' '.repeat(3e7) }),
});

const line = (value: unknown) => `${JSON.stringify(value)}\n`;
export const runPicturesBombs = bombsOf('run pictures', {
  'pictures.jsonl: 200,000 lines': () => ({ 'pictures.jsonl': line({ part: 'test', name: 'a.png' }).repeat(2e5) }),
  'pictures.jsonl: 5 million empty lines': () => ({ 'pictures.jsonl': '\n'.repeat(5e6) }),
  'pictures.jsonl: a line of 20 MB': () => ({ 'pictures.jsonl': line({ part: 'test', name: 'a'.repeat(2e7) }) }),
  'pictures.jsonl: nested deep': () => ({ 'pictures.jsonl': `${'['.repeat(5e5)}\n` }),
  'pictures.jsonl: a part with escapes': () => ({ 'pictures.jsonl': line({ part: '\u001b[2J', name: 'a' }) }),
  'pictures.jsonl: a field with escapes': () => ({
    'pictures.jsonl': line({ part: 'test', name: 'a', '\u001b[2J': 1 }),
  }),
});

const labels = (text: string) => ({ 'labels.txt': text });
export const labelsBombs = bombsOf('labels', {
  'labels: a million lines': () => labels('a\n'.repeat(1e6)),
  'labels: a line of 10 MB': () => labels('a'.repeat(1e7)),
  'labels: 10 MB of spaces': () => labels(' '.repeat(1e7)),
  'labels: 200,000 spaces in each of 20 lines': () => labels(`${'1'.repeat(10)}${' '.repeat(2e5)}\n`.repeat(20)),
  'labels: 300,000 lines of two numbers': () => labels(list(3e5, (i) => `${i} ${i % 9}`).join('\n')),
  'labels: quotes without an end': () => labels(`{${"'a\\".repeat(3e5)}`),
  'labels: a dictionary of Python of 5 MB': () => labels(`{${list(2e5, (i) => `${i}: 'n${i}'`).join(', ')}}`),
  'labels: commas and spaces, for slow patterns': () => labels(`{${`,${' '.repeat(3000)}`.repeat(100)}x`),
  'labels: digits, for slow patterns': () => labels(`{${'1'.repeat(3e5)}x`),
  'labels: digits and spaces, for slow patterns': () => labels(`{1${' '.repeat(1e5)}x`),
  'labels: nested deep': () => labels('['.repeat(5e5)),
  'labels: arrays 300,000 deep': () => labels(`${'['.repeat(3e5)}${']'.repeat(3e5)}`),
  'labels: id2label in itself, 10,000 deep': () => labels(`${'{"id2label":'.repeat(1e4)}[]${'}'.repeat(1e4)}`),
  'labels: numbers with gaps up to 1e15': () => labels('{"0":"a","999999999999999":"b"}'),
  'labels: an array of objects of 3 MB': () => labels(JSON.stringify([list(1e5, (i) => ({ i }))])),
  'labels: escapes of a terminal': () => labels('["\\u001b[2J\\u0007", 7]'),
  'labels: a key with escapes': () => labels('{"\\u001b[2J": "a"}'),
  'labels: an empty file': () => labels(''),
  'labels: YAML, a list of 99 kB': () => ({ 'labels.yaml': `names: [${'a,'.repeat(49_000)}b]` }),
  'labels: YAML, 8000 names by number': () => ({ 'labels.yaml': list(8e3, (i) => `${i}: n${i}`).join('\n') }),
  'labels: YAML, 300 kB': () => ({ 'labels.yaml': '- a\n'.repeat(75_000) }),
  'labels: YAML nested deep': () => ({ 'labels.yaml': '- '.repeat(49_000) }),
  'labels: YAML of aliases': () => ({
    'labels.yaml': `a0: &a0 [x]\n${list(100, (i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]\n`).join('')}names: *a100`,
  }),
  'labels: YAML, quotes without an end': () => ({ 'labels.yaml': `names: ${'"a\\'.repeat(32_000)}` }),
  'labels: YAML, tags and anchors': () => ({ 'labels.yaml': '!a &b '.repeat(16_000) }),
  'labels: YAML, question marks': () => ({ 'labels.yaml': '? '.repeat(49_000) }),
  'labels: CSV of quotes': () => ({ 'labels.csv': '"'.repeat(9e5) }),
  'labels: CSV of quotes and separators': () => ({ 'labels.csv': '"",";\t'.repeat(1e5) }),
  'labels: CSV, a row of 400,000 cells': () => ({ 'labels.csv': 'a,'.repeat(4e5) }),
  'labels: CSV, 200,000 rows': () => ({ 'labels.csv': 'a,b\n'.repeat(2e5) }),
  'labels: CSV, rows as wide as long': () => ({ 'labels.csv': `${'1,'.repeat(600)}1\n`.repeat(600) }),
  'labels: pbtxt, 40,000 items': () => ({ 'labels.pbtxt': 'item {id:1 name:"a"}\n'.repeat(4e4) }),
  'labels: pbtxt, quotes without an end': () => ({ 'labels.pbtxt': `item {${'a:"b\\'.repeat(2e5)}` }),
  'labels: pbtxt, letters for slow patterns': () => ({ 'labels.pbtxt': `item {${'a'.repeat(9e5)}` }),
  'labels: an assignment, for slow patterns': () => labels(`${'const '.repeat(1e5)}${'a'.repeat(1e5)}`),
  'labels: lines with numbers behind, for slow patterns': () => labels(`a${' 1'.repeat(4e5)}x`),
  'labels: a million bytes of Latin-1': () => ({ 'labels.txt': Buffer.from('\xe9\xe8\n'.repeat(3e5), 'latin1') }),
  'labels: UTF-16 of half a character': () => ({ 'labels.txt': Buffer.from('\xff\xfe\x00\xd8a', 'latin1') }),
});
