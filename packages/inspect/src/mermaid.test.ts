import { presets } from '@zoo/alexnet';
import { block, dense, flatten, type ModelSpec, relu } from '@zoo/spec';
import { describe, expect, it } from 'vitest';
import { mermaid } from './mermaid.ts';

/** Boxes and arrows of a diagram; fails at the first line that is neither. */
function read(diagram: string) {
  const [title, setting, ...lines] = diagram.split('\n');
  expect(title).toBe('graph TD;');
  expect(setting).toMatch(/^ {4}%%\{init: .*\}%%$/);
  const box = String.raw`([A-Z]+)(?:\["([^"\]]+)"\])?`;
  const pattern = new RegExp(`^ {4}${box} (?:-->|-- "([^"]+)" -->) ${box};$`);
  return lines.map((line) => {
    const [, from, fromText, label, to, text] = pattern.exec(line) ?? expect.fail(`not an arrow: ${line}`);
    return { from, fromText, label, to, text };
  });
}

describe('mermaid', () => {
  it('draws the batch-norm network as its document does, batch norm added', () => {
    const arrows = read(mermaid(presets.batchnorm));
    expect(arrows[0]).toMatchObject({
      fromText: 'Input: 3 x 224 x 224',
      text: 'Conv(kernel=11 x 11,stride=4): 96 x 54 x 54',
    });
    expect(arrows.map(({ label, text }) => [label, text])).toEqual([
      [undefined, 'Conv(kernel=11 x 11,stride=4): 96 x 54 x 54'],
      ['BatchNorm;ReLU', 'Pool(max,kernel=3 x 3,stride=2): 96 x 26 x 26'],
      [undefined, 'Conv(kernel=5 x 5,pad=2): 256 x 26 x 26'],
      ['BatchNorm;ReLU', 'Pool(max,kernel=3 x 3,stride=2): 256 x 12 x 12'],
      [undefined, 'Conv(kernel=3 x 3,pad=1): 384 x 12 x 12'],
      ['BatchNorm;ReLU', 'Conv(kernel=3 x 3,pad=1): 384 x 12 x 12'],
      ['BatchNorm;ReLU', 'Conv(kernel=3 x 3,pad=1): 256 x 12 x 12'],
      ['BatchNorm;ReLU', 'Pool(max,kernel=3 x 3,stride=2): 256 x 5 x 5'],
      ['flatten;Dropout(0.5)', 'Linear(): 4096'],
      ['ReLU;Dropout(0.5)', 'Linear(): 4096'],
      ['ReLU', 'Linear(): 3'],
      [undefined, 'Output'],
    ]);
  });

  it('shows groups, normalisation, average and ceil pools', () => {
    expect(mermaid(presets.paper)).toContain('"Conv(kernel=5 x 5,pad=2,groups=2): 256 x 27 x 27"');
    expect(mermaid(presets.paper)).toContain('-- "ReLU;LRN(5)" -->');
    expect(mermaid(presets['cifar10-full'])).toContain('-- "LRN(3 x 3)" -->');
    expect(mermaid(presets['cifar10-full'])).toContain('"Pool(avg,kernel=3 x 3,stride=2,ceil): 32 x 8 x 8"');
    expect(mermaid(presets.torchvision)).toContain('"AdaptivePool(avg): 256 x 6 x 6"');
  });

  it.each(Object.entries(presets))('%s is one chain from the input to the output', (_name, spec) => {
    const arrows = read(mermaid(spec));
    arrows.slice(1).forEach((arrow, index) => {
      expect(arrow.from).toBe(arrows[index]?.to);
    });
    expect(new Set(arrows.map(({ to }) => to)).size).toBe(arrows.length);
    expect(arrows.at(-1)?.text).toBe('Output');
  });

  it('goes on with AA after Z', () => {
    const deep: ModelSpec = {
      ...presets['cifar10-quick'],
      layers: [
        flatten(),
        block('hidden', Array.from({ length: 40 }, () => [dense(2), relu()]).flat()),
        dense('classes', { name: 'last' }),
      ],
    };
    const arrows = read(mermaid(deep));
    expect(arrows.slice(24, 27).map(({ to }) => to)).toEqual(['Z', 'AA', 'AB']);
    expect(new Set(arrows.map(({ to }) => to)).size).toBe(42);
  });
});
