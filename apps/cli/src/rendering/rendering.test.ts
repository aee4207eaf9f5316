import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import type { LiveLine } from '../terminal.ts';
import { barOnTrack, filledBar } from './bar.ts';
import { mostConfused } from './most-confused.ts';
import { type ClassifiedPicture, predictionChart } from './prediction-chart.ts';
import { predictionRows } from './prediction-rows.ts';
import { predictionsCsv } from './predictions-csv.ts';
import { progressLine } from './progress-line.ts';
import { bytes, counted, duration, percent, rate, rounded, thousands } from './quantities.ts';
import { scoreLines } from './score-lines.ts';
import { table } from './table.ts';
import { trainingProgress } from './training-progress.ts';

const colours = pc.createColors(false);
const onTerminal = (columns: number): LiveLine => ({ columns, plain: false, colours });
const inLog: LiveLine = { columns: Number.POSITIVE_INFINITY, plain: true, colours };

describe('quantities', () => {
  it('are written as people read them', () => {
    expect([
      thousands(60965224),
      percent(0.8125),
      counted(1, 'class', 'classes'),
      counted(3, 'class', 'classes'),
    ]).toEqual(['60,965,224', '81.3 %', '1 class', '3 classes']);
    expect([bytes(0), bytes(1500), bytes(170_498_071), bytes(2.5e9)]).toEqual(['0 B', '1.5 kB', '170.5 MB', '2.5 GB']);
    expect([0, 0.034, 0.34, 3.44, 9.96, 183.2, 1234].map(rate)).toEqual([
      '0',
      '0.03',
      '0.34',
      '3.4',
      '10',
      '183',
      '1,234',
    ]);
    expect([rounded(12_363_008), rounded(1_131_859_338)]).toEqual(['12.4 M', '1.13 G']);
    expect([7.4, 59.6, 125, 4020, Number.POSITIVE_INFINITY].map(duration)).toEqual([
      '7 s',
      '1 m 00 s',
      '2 m 05 s',
      '1 h 07 m',
      '?',
    ]);
  });
});

describe('bars', () => {
  it('are exact to an eighth of a character', () => {
    expect([0, 1 / 16, 0.5, 1, 7].map((share) => filledBar(share, 2))).toEqual(['', '▏', '█', '██', '██']);
    expect(barOnTrack(0.5, 4)).toBe('██░░');
  });
});

describe('table', () => {
  const columns = [
    { title: 'Name', align: 'left' },
    { title: 'Count', align: 'right' },
    { title: 'What', align: 'left' },
  ] as const;
  it('aligns columns, and shortens the last one where the terminal is narrow', () => {
    const rows = [
      ['a', '1', 'something rather long to say here'],
      ['bcd', '1,000', 'less'],
    ];
    expect(table(columns, rows, { colours, width: 40 }).split('\n')).toEqual([
      'Name  Count  What',
      '─'.repeat(40),
      'a         1  something rather long to s…',
      'bcd   1,000  less',
    ]);
    expect(table(columns, rows, { colours, width: Number.POSITIVE_INFINITY })).toContain(
      'something rather long to say here',
    );
  });

  it('wraps a last column that may', () => {
    const [name, count, what] = columns;
    const rows = [['a', '1', 'something rather long to say here']];
    expect(
      table([name, count, { ...what, wrap: true }], rows, { colours, width: 40 })
        .split('\n')
        .slice(2),
    ).toEqual(['a         1  something rather long to', '             say here']);
  });

  it('puts a last column without room on lines of its own, and never reaches beyond the terminal', () => {
    const rows = [['a long name', '60,965,224', 'something long to say about it']];
    expect(table(columns, rows, { colours, width: 30 }).split('\n')).toEqual([
      'Name              Count',
      '  What',
      '─'.repeat(23),
      'a long name  60,965,224',
      '  something long to say about',
      '  it',
    ]);
  });
});

describe('progressLine', () => {
  const facts = ['epoch 1/2', 'loss 1.000', '9 s left'];
  it('gives up the bar, then the last facts, for a narrow terminal, and both for a log', () => {
    expect(progressLine(0.5, facts, onTerminal(80))).toBe(
      `${'█'.repeat(15)}${'░'.repeat(15)}   epoch 1/2   loss 1.000   9 s left`,
    );
    expect(progressLine(0.5, facts, onTerminal(40))).toBe('epoch 1/2   loss 1.000   9 s left');
    expect(progressLine(0.5, facts, onTerminal(30))).toBe('epoch 1/2   loss 1.000');
    expect(progressLine(0.5, facts, inLog)).toBe('epoch 1/2   loss 1.000   9 s left');
  });

  it('never reaches the edge, where it would wrap', () => {
    for (let columns = 4; columns < 120; columns++)
      expect(progressLine(0.3, facts, onTerminal(columns)).length).toBeLessThan(columns);
  });
});

describe('trainingProgress', () => {
  it('shows means of the epoch, and how long the rest takes with its tests', () => {
    let seconds = 0;
    const progress = trainingProgress({ epochs: 2, pictures: 100, tested: 300, now: () => seconds });
    const step = { type: 'step', epoch: 1, stepsPerEpoch: 2, learningRate: 0.1, imagesPerSecond: 10 } as const;
    progress.step({ ...step, step: 1, loss: 2, accuracy: 0 });
    // 100 pictures more at 10 a second, and twice 300 test pictures at 30 a second.
    expect(progress.step({ ...step, step: 2, loss: 1, accuracy: 0.5 })(inLog)).toBe(
      'epoch 1/2   loss 1.500   accuracy 25.0 %   10 images/s   30 s left',
    );
    progress.evaluation({ task: 'test', done: 100, total: 300, unit: 'examples' });
    seconds = 4;
    progress.evaluation({ task: 'test', done: 300, total: 300, unit: 'examples' });
    expect(progress.step({ ...step, epoch: 2, step: 2, loss: 1, accuracy: 0.5 })(inLog)).toContain('   4 s left');
  });

  it('promises no more time than there is', () => {
    let seconds = 0;
    const progress = trainingProgress({ epochs: 50, pictures: 100, tested: 1, limit: 60, now: () => seconds });
    seconds = 20;
    const event = {
      type: 'step',
      epoch: 1,
      step: 1,
      stepsPerEpoch: 9,
      loss: 1,
      accuracy: 0,
      learningRate: 1,
      waitedForData: 0.5,
      imagesPerSecond: 1,
    } as const;
    expect(progress.step(event)(inLog)).toContain('40 s left');
  });
});

describe('what training prints on 80 columns', () => {
  const progress = trainingProgress({ epochs: 10, pictures: 100, tested: 1 });
  const measures = {
    loss: 1.4,
    top1: 0.5,
    top5: 0.9,
    examples: 10,
    confusion: [],
    mistakes: [],
    confident: [],
    uncertain: [],
  };
  const event = {
    type: 'epoch',
    epoch: 1,
    loss: 1.5,
    accuracy: 0.4,
    learningRate: 0.1,
    seconds: 75,
    waitedForData: 1,
    imagesPerSecond: 9,
  } as const;

  it('is a line an epoch where there is room, and two where there is not', () => {
    const text = progress.epoch({ ...event, validation: measures }, 80);
    expect(text.split('\n')).toEqual([
      'epoch  1/10   training: loss 1.500, accuracy 40.0 %',
      '              test: loss 1.400, accuracy 50.0 %   1 m 15 s',
    ]);
    expect(progress.epoch({ ...event, validation: measures }, 120).split('\n')).toHaveLength(1);
  });
});

describe('guessChart', () => {
  const terminal = { colours, columns: 80 };
  const predictions = [
    { label: 'cat', probability: 0.5 },
    { label: 'airplane', probability: 0.25 },
  ];

  it('draws a bar a guess, and judges where it can', () => {
    expect(
      predictionChart({ image: 'a.png', predictions: predictions, actual: undefined }, terminal).split('\n'),
    ).toEqual(['a.png', `  cat        50.0 %  ${'█'.repeat(15)}`, `  airplane   25.0 %  ${'█'.repeat(7)}▌`]);
    expect(predictionChart({ image: 'a.png', predictions: predictions, actual: 'cat' }, terminal)).toMatch(
      /^a\.png {2}✓ right/,
    );
    expect(predictionChart({ image: 'a.png', predictions: predictions, actual: 'dog' }, terminal)).toMatch(
      /^a\.png {2}✗ wrong, shows: dog/,
    );
  });

  it('fits 80 columns, whatever classes are called', () => {
    const label = "black-and-gold garden spider, Argiope aurantia, and what else it is called in people's gardens";
    const chart = predictionChart(
      { image: 'a.png', predictions: [{ label, probability: 1 }], actual: undefined },
      terminal,
    );
    expect(Math.max(...chart.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(chart).toContain('…  100.0 %  ████████');
  });
});

describe('guessRows', () => {
  const labels = ['cat', 'airplane'];
  const predictions = [{ label: 'cat', probability: 0.5 }];
  const terminal = { hasTruths: true, colours, columns: 100 };

  it('writes a line a picture, in columns', () => {
    const row = predictionRows(['in/cat-1.png', 'in/airplane-12.png', 'in/x.png'], labels, terminal);
    expect(
      [
        row({ image: 'in/cat-1.png', predictions: predictions, actual: 'cat' }),
        row({ image: 'in/airplane-12.png', predictions: predictions, actual: 'airplane' }),
        row({ image: 'in/x.png', predictions: [{ label: 'airplane', probability: 1 }], actual: undefined }),
      ].map((line) => line.replace(/█+/, (bar) => `[${bar.length}]`)),
    ).toEqual([
      '✓ cat-1.png        cat        50.0 %  [6]',
      '✗ airplane-12.png  cat        50.0 %  [6]        shows airplane',
      '  x.png            airplane  100.0 %  [12]',
    ]);
  });

  it('keeps the folders that tell pictures apart, and the end of a long path', () => {
    const deep = `all/a/${'long/'.repeat(10)}1.png`;
    const row = predictionRows([deep, 'all/b/1.png'], labels, terminal);
    expect(row({ image: 'all/b/1.png', predictions: predictions, actual: undefined })).toMatch(/^ {2}b\/1\.png {2}/);
    expect(row({ image: deep, predictions: predictions, actual: undefined })).toMatch(/^ {2}…\S+long\/1\.png {2}cat/);
    expect(
      predictionRows(['a/1.png'], labels, terminal)({ image: 'a/1.png', predictions: predictions, actual: undefined }),
    ).toMatch(/^ {2}1\.png {2}/);
  });

  it.each([60, 80, 120])('fits %d columns', (columns) => {
    const images = [`photos/airplane/${'x'.repeat(50)}.jpg`, 'photos/cat/1.jpg'];
    const long = ['an airplane with two wings above each other', 'cat'];
    const row = predictionRows(images, long, { hasTruths: true, colours, columns });
    const lines = images.map((image) =>
      row({
        image,
        predictions: [{ label: long[0] ?? '', probability: 1 }],
        actual: image === images[0] ? 'cat' : long[0],
      }),
    );
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(columns);
    expect(lines[1]).toMatch(/cat\/1\.jpg .*an airp/);
  });
});

describe('scoreLines', () => {
  const classified = (actual: string | undefined, label: string): ClassifiedPicture => ({
    image: 'x',
    predictions: [{ label, probability: 1 }],
    actual,
  });

  it('counts what is known, and says what is confused most often', () => {
    const pictures = [
      classified('cat', 'cat'),
      classified('cat', 'dog'),
      classified('cat', 'dog'),
      classified('dog', 'cat'),
      classified(undefined, 'cat'),
    ];
    expect(scoreLines(pictures, 80)).toEqual(['1 of 4 pictures right (25.0 %).', 'Most often: cat taken for dog (2).']);
    expect(scoreLines([classified('cat', 'cat'), classified(undefined, 'cat')], 80)).toEqual([]);
  });
});

describe('names with line breaks', () => {
  it('stay in their lines', () => {
    const judgement = {
      image: 'a\n\u2713 b.png',
      predictions: [{ label: 'c\nd', probability: 1 }],
      actual: 'e\rf',
    };
    const colours = pc.createColors(false);
    const lines = predictionRows(['a\n\u2713 b.png', 'g'], ['c\nd', 'e\rf'], {
      hasTruths: true,
      colours,
      columns: 120,
    })(judgement);
    expect(lines).toContain('a\\u000a\u2713 b.png');
    expect(lines).toMatch(/^\u2717 .*c\\u000ad.*shows e\\u000df$/);
    expect(predictionChart(judgement, { colours, columns: 80 }).split('\n')).toHaveLength(2);
    expect(mostConfused([{ actual: 'c\nd', predicted: 'e ', count: 2 }])).toBe('c\\u000ad taken for "e " (2)');
  });
});

describe('guessesCsv', () => {
  it('quotes what divides cells, and leaves empty what is not known', () => {
    const predictions = [
      { label: 'tench, Tinca tinca', probability: 0.75 },
      { label: 'a "b"', probability: 0.25 },
    ];
    const rows = [
      { image: 'a/1.png', predictions, actual: 'a "b"' },
      { image: '2.png', predictions, actual: undefined },
      { image: '3.png', error: 'damaged,\nalas' },
    ];
    expect(predictionsCsv(rows, 2).split('\r\n')).toEqual([
      'image,truth,right,guess_1,probability_1,guess_2,probability_2,error',
      'a/1.png,"a ""b""",false,"tench, Tinca tinca",0.75,"a ""b""",0.25,',
      '2.png,,,"tench, Tinca tinca",0.75,"a ""b""",0.25,',
      '3.png,,,,,,,"damaged,\nalas"',
      '',
    ]);
  });

  it('has no formulas, and leaves numbers as they are', () => {
    const row = (image: string, label: string) => ({
      image,
      predictions: [{ label, probability: 1e-7 }],
      actual: label,
    });
    const rows = [row('-rf/1.png', '=SUM(A1)'), row('1.png', '-1.5'), row('2.png', '@a'), row('3.png', '＝A1, "b"')];
    expect(predictionsCsv(rows, 1).split('\r\n').slice(1, -1)).toEqual([
      "'-rf/1.png,'=SUM(A1),true,'=SUM(A1),1e-7,",
      '1.png,-1.5,true,-1.5,1e-7,',
      "2.png,'@a,true,'@a,1e-7,",
      `3.png,"'＝A1, ""b""",true,"'＝A1, ""b""",1e-7,`,
    ]);
  });
});
