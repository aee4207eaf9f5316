import { presets as alexnets } from '@zoo/alexnet';
import { presets as lenets } from '@zoo/lenet';
import { configure, conv, dense, flatten, parseRecipe, parseSpec } from '@zoo/spec';
import { describe, expect, it } from 'vitest';

const presets = { ...alexnets, 'lenet-5': lenets['lenet-5'] };

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

const copyOf = (value: unknown): Json => JSON.parse(JSON.stringify(value));

/** A copy of a value with another one put at a path such as `layers.0.layers.2.size`; `undefined` removes it. */
function changed(value: Json, path: string, to: Json | undefined): Json {
  const [key = '', ...rest] = path.split('.');
  if (typeof value !== 'object' || value === null) throw new Error(`no ${path} in ${String(value)}`);
  const entries: { [key: string]: Json } = Object.fromEntries(Object.entries(value));
  const inner = rest.length === 0 ? to : changed(entries[key] ?? null, rest.join('.'), to);
  if (Array.isArray(value)) return value.map((one, index) => (String(index) === key ? (inner ?? null) : one));
  const { [key]: _replaced, ...others } = entries;
  return inner === undefined ? others : { ...others, [key]: inner };
}

/** Paths to everything in a value, containers included. */
function pathsIn(value: Json, prefix = ''): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [`${prefix}${key}`, ...pathsIn(inner, `${prefix}${key}.`)]);
}

/** `layers.0.size` as messages write it: `layers[0].size`. */
const shown = (path: string) => path.replace(/\.(\d+)/g, '[$1]');

describe('round trip', () => {
  it.each(Object.entries(presets))('%s is the same after JSON', (_name, spec) => {
    expect(parseSpec(copyOf(spec), 'spec.json')).toEqual(spec);
    expect(parseRecipe(copyOf(spec.recipe), 'run.json')).toEqual(spec.recipe);
  });

  it.each(Object.entries(alexnets))('%s with options is the same after JSON', (_name, spec) => {
    const options = { width: 0.1, classes: 7, inChannels: 1, dropout: 0.25, lrn: false } as const;
    const configured = configure(spec, options);
    expect(parseSpec(copyOf(configured), 'spec.json')).toEqual(configured);
  });

  it('keeps schedules and optimisers of every kind', () => {
    for (const schedule of [
      { kind: 'constant' },
      { kind: 'step', after: [1, 2], factor: 0.5 },
      { kind: 'plateau', patience: 3, factor: 0.1 },
      { kind: 'plateau', patience: 3, factor: 0.1, threshold: 1e-4, cooldown: 2, least: 0.01, warmup: 0.1 },
      { kind: 'cosine', warmup: 0.05 },
      { kind: 'one-cycle', rise: 0.3, from: 0.04, to: 4e-6 },
      { kind: 'polynomial', power: 0.9, warmup: 0.1 },
    ] as const) {
      const recipe = { ...presets.xavier.recipe, schedule };
      expect(parseRecipe(copyOf(recipe), 'run.json')).toEqual(recipe);
    }
    const adam = { learningRate: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.1 };
    const sgd = { learningRate: 0.1, momentum: 0.9, weightDecay: 0.1, convention: 'caffe' } as const;
    for (const optimizer of [
      { kind: 'adam', ...adam },
      { kind: 'adamw', ...adam },
      { kind: 'sgd', ...sgd },
      { kind: 'sgd', ...sgd, nesterov: true },
    ] as const) {
      const recipe = { ...presets.xavier.recipe, optimizer };
      expect(parseRecipe(copyOf(recipe), 'run.json')).toEqual(recipe);
    }
  });

  it('keeps the refinements of a recipe, and names wrong ones', () => {
    const refinements = {
      labelSmoothing: 0.1,
      clipNorm: 5,
      accumulate: 4,
      ema: 0.999,
      earlyStopping: 10,
      multipliers: { learningRate: { weight: 1, bias: 2 }, weightDecay: { weight: 1, bias: 0 } },
    };
    const recipe = { ...presets.xavier.recipe, ...refinements };
    expect(parseRecipe(copyOf(recipe), 'run.json')).toEqual(recipe);
    for (const wrong of [
      { labelSmoothing: 1 },
      { clipNorm: -1 },
      { accumulate: 0 },
      { ema: 1 },
      { earlyStopping: 0.5 },
      { multipliers: 2 },
    ])
      expect(() => parseRecipe({ ...recipe, ...wrong }, 'run.json')).toThrow(
        `run.json.${Object.keys(wrong)[0]}: expected`,
      );
  });
});

// Between them, these hold every kind of layer, both optimisers and every optional field.
describe.each(['paper', 'caffenet', 'torchvision', 'batchnorm', 'xavier', 'cifar10-full', 'lenet-5'] as const)(
  'a wrong field of %s',
  (name) => {
    const json = copyOf(presets[name]);
    const paths = pathsIn(json);

    it('is named, whichever it is', () => {
      expect(paths.length).toBeGreaterThan(100);
      for (const path of paths) {
        const wrong = changed(json, path, [[]]);
        // A list of one empty list is a table of connections or codes, if one of no network.
        if (/\.(connections|codes)$/.test(path)) continue;
        // An initializer is tried as a number, a name and an object, and lists of one wrong element are named by that.
        expect(() => parseSpec(wrong, 'spec.json')).toThrow(`spec.json.${shown(path)}`);
        expect(() => parseSpec(wrong, 'spec.json')).toThrow(expect.objectContaining({ code: 'corrupt-file' }));
      }
    });

    it('is named when it is null', () => {
      for (const path of paths)
        expect(() => parseSpec(changed(json, path, null), 'spec.json')).toThrow(`spec.json.${shown(path)}`);
    });

    it('is named when nobody knows it', () => {
      const containers = paths.filter((path) => paths.includes(`${path}.kind`));
      expect(containers.length).toBeGreaterThan(10);
      for (const path of ['', ...containers.map((one) => `${one}.`)])
        expect(() => parseSpec(changed(json, `${path}surprise`, 1), 'spec.json')).toThrow(
          `spec.json.${shown(`${path}surprise`)}: expected no such field, found 1.`,
        );
    });
  },
);

describe('a missing field', () => {
  const json = copyOf(presets.paper);

  it.each([
    'family',
    'preset',
    'title',
    'source',
    'className',
    'input',
    'classes',
    'preprocessing',
    'preprocessing.range',
    'init',
    'init.bias',
    'recipe',
    'recipe.epochs',
    'recipe.optimizer.kind',
    'recipe.schedule.patience',
    'recipe.augment',
    'recipe.augment.1.kind',
    'layers',
    'layers.0.name',
    'layers.0.layers.0.filters',
    'layers.0.layers.0.groups',
    'layers.0.layers.2.convention',
    'layers.0.layers.2.region',
    'layers.0.layers.3.ceil',
    'layers.1.call',
    'layers.2.layers.0.units',
    'layers.2.layers.2.rate',
  ])('%s is named', (path) => {
    expect(() => parseSpec(changed(json, path, undefined), 'spec.json')).toThrow(
      new RegExp(`^spec\\.json\\.${shown(path).replace(/[.[\]]/g, '\\$&')}: expected .*, found undefined\\.`),
    );
  });

  it.each(['layers.0.layers.0.caffe', 'layers.0.layers.4.init', 'preprocessing.resizeShorterSide'])(
    '%s may be missing',
    (path) => {
      expect(parseSpec(changed(json, path, undefined), 'spec.json').layers).toHaveLength(3);
    },
  );
});

describe('values that make no sense', () => {
  const json = copyOf(presets.paper);

  it.each<[string, Json, string]>([
    ['layers.0.layers.0.kind', 'convolution', 'kind: expected one of block, conv, dense, '],
    ['layers.0.layers.0.stride', 0, 'stride: expected a whole number from 1 to 65536, found 0.'],
    ['layers.0.layers.0.filters', 96.5, 'filters: expected a whole number from 1 to 65536, found 96.5.'],
    ['layers.0.layers.0.padding', -1, 'padding: expected a whole number from 0 to 65536, found -1.'],
    ['layers.0.layers.2.convention', 'torch', "expected one of 'tensorflow', 'caffe', 'pytorch', found 'torch'."],
    ['layers.2.layers.0.units', 'class', "units: expected a whole number from 1 to 65536, found 'class'."],
    ['layers.2.layers.2.rate', 1, 'rate: expected a number from 0 to '],
    ['init.weight', 'kaiming', 'init.weight: expected an object'],
    ['preprocessing.mean', [1, 2], 'preprocessing.mean.length: expected one of 3, found 2.'],
    ['preprocessing.std', [1, 0, 1], 'preprocessing.std[1]: expected a number from 1e-9'],
    ['preprocessing.padding', 114, 'preprocessing.padding: expected a whole number from 0 to 113, found 114.'],
    ['preprocessing.range', 256, 'preprocessing.range: expected one of 1, 255, found 256.'],
    ['recipe.optimizer.momentum', 1.5, 'recipe.optimizer.momentum: expected a number from 0 to 1, found 1.5.'],
    ['input', [227, 227], 'input.length: expected one of 3, found 2.'],
    ['input', [227, 227, 3, 1], 'input.length: expected one of 3, found 4.'],
    ['input', [227, 227, 0], 'input[2]: expected a whole number from 1 to 65536, found 0.'],
  ])('%s = %j', (path, value, message) => {
    expect(() => parseSpec(changed(json, path, value), 'spec.json')).toThrow(message);
  });

  it.each([[undefined], [null], [[]], ['{}'], [7]])('a spec that is %j', (value) => {
    expect(() => parseSpec(value, 'spec.json')).toThrow('spec.json: expected an object, found ');
  });

  it('layers that do not fit together are named as everywhere', () => {
    expect(() => parseSpec(changed(json, 'layers.0.layers.4.groups', 5), 'spec.json')).toThrow(
      'alexnet/paper: layer 5 (features.4, conv) 5 groups must divide both 96 input channels and 256 filters.',
    );
  });
});

describe('hostile sizes', () => {
  const json = copyOf(presets['cifar10-quick']);

  it.each<[string, Json]>([
    ['layers.0.layers.0.filters', 1e9],
    ['layers.0.layers.0.kernel', 65_537],
    ['layers.0.layers.0.padding', Number.MAX_SAFE_INTEGER],
    ['layers.0.layers.0.groups', 2 ** 32],
    ['layers.2.layers.0.units', 1e308],
    ['classes', 1e7],
    ['input', [1e6, 1e6, 3]],
    ['recipe.batchSize', 1e9],
  ])('%s = %j is refused', (path, value) => {
    expect(() => parseSpec(changed(json, path, value), 'spec.json')).toThrow(
      /^spec\.json\.[^:]+: expected .*a whole number from [01] to 65536, found/,
    );
  });

  it('sizes that are allowed one by one, but not together, are refused', () => {
    expect(() => parseSpec(changed(json, 'input', [65_536, 65_536, 3]), 'spec.json')).toThrow(
      'spec.json: the input holds 12884901888 elements, at most 1073741824: make it smaller.',
    );
    const wide = changed(changed(json, 'layers.0.layers.0.filters', 65_536), 'layers.0.layers.3.filters', 65_536);
    expect(() => parseSpec(wide, 'spec.json')).toThrow(
      'spec.json: layer features.3 holds 107374247936 elements, at most 1073741824: make it smaller.',
    );
  });

  it('many layers that are each allowed, but not together, are refused', () => {
    const dense4 = { kind: 'dense', units: 16_384 };
    const many = [
      { kind: 'flatten', call: true },
      ...Array.from({ length: 6 }, () => dense4),
      { kind: 'dense', units: 'classes' },
    ];
    const flat = changed(changed(json, 'layers', many), 'input', [1, 1, 3]);
    expect(() => parseSpec(flat, 'spec.json')).toThrow(
      /^spec\.json: the network holds \d+ elements, at most 1073741824/,
    );
  });

  it('more layers than any network has are refused', () => {
    const block = (count: number) => ({ kind: 'block', name: 'b', layers: Array(count).fill({ kind: 'relu' }) });
    expect(() => parseSpec(changed(json, 'layers.0', block(1000)), 'spec.json')).toThrow(
      /^spec\.json: has \d+ layers, at most 1000: make it smaller\.$/,
    );
  });

  it.each(['__proto__', 'a b', 'ä', 'conv\u001b[2J', 'x'.repeat(300)])('a layer called %j is refused', (name) => {
    expect(() => parseSpec(changed(json, 'layers.0.name', name), 'spec.json')).toThrow(
      'cannot be the name of a tensor in TensorFlow.js: letters of English, digits, _, - and / are',
    );
  });

  it('a table of connections that would be spread into more than memory is refused', () => {
    const connections = Array.from({ length: 20_000 }, () => [0, 1]);
    const first = { ...conv(20_000, 5, { connections }) };
    const spec: Json = copyOf({ ...presets['cifar10-quick'], layers: [first, flatten(), dense('classes')] });
    expect(() => parseSpec(spec, 'spec.json')).toThrow(
      'spec.json: layer 0 holds 2400000000 elements, at most 1073741824: make it smaller.',
    );
  });

  it('blocks in blocks without end are refused before the stack is full', () => {
    let deep: Json = { kind: 'relu' };
    for (let i = 0; i < 100_000; i++) deep = { kind: 'block', name: 'b', layers: [deep] };
    const nested = { ...presets['cifar10-quick'], layers: [deep] };
    expect(() => parseSpec(nested, 'spec.json')).toThrow(/: blocks stand 17 deep, at most 16: nest them less\.$/);
    expect(() => parseSpec({ ...nested, title: deep }, 'spec.json')).toThrow(
      'spec.json.title: expected a text, found an object.',
    );
  });

  it.each(['__proto__', 'constructor'])('a field named %s is refused and changes nothing', (key) => {
    const text = JSON.stringify(json).replace('{', `{"${key}": {"classes": 5}, `);
    expect(() => parseSpec(JSON.parse(text), 'spec.json')).toThrow(`spec.json.${key}: expected no such field`);
    expect(Object.hasOwn(Object.prototype, 'classes')).toBe(false);
  });
});
