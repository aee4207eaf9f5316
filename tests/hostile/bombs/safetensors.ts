import { bombsOf } from '../bomb.ts';
import { joined, list, little, repeated, zeros } from '../bytes.ts';

const file = (header: string | Uint8Array, data: Uint8Array = zeros(64), length?: number | bigint) => ({
  'a.safetensors': joined(little(length ?? joined(header).length, 8), header, data),
});
const tensor = (shape: readonly number[], from = 0, to = 4, dtype = 'F32') => ({
  dtype,
  shape,
  data_offsets: [from, to],
});
const json = (value: unknown) => JSON.stringify(value);
const many = (count: number, name: (index: number) => string, one: unknown = tensor([1])) =>
  Object.fromEntries(list(count, (index) => [name(index), one]));

export const safetensorsBombs = bombsOf('weights', {
  'safetensors: header of 2^63 bytes': () => file('{}', zeros(64), 2n ** 63n - 1n),
  'safetensors: header of 2^31 bytes': () => file('{}', zeros(64), 2 ** 31),
  'safetensors: header of 4 MB of spaces': () => file(joined('{', repeated(' ', 4e6), '}')),
  'safetensors: nested 2 million deep': () => file(joined('{"a":', repeated('[', 2e6), repeated(']', 2e6), '}')),
  'safetensors: shape nested 100,000 deep': () =>
    file(`{"a":{"dtype":"F32","shape":${'['.repeat(1e5)}${']'.repeat(1e5)},"data_offsets":[0,4]}}`),
  'safetensors: 100,000 empty tensors': () => file(json(many(1e5, (i) => `t${i}`, tensor([0], 0, 0))), zeros(0)),
  'safetensors: 50,000 tensors of the same bytes': () => file(json(many(5e4, (i) => `t${i}`))),
  'safetensors: a shape of a million axes': () => file(json({ a: tensor(list(1e6, () => 1)) })),
  'safetensors: a shape beyond counting': () => file(json({ a: tensor(list(30, () => 2 ** 40)) })),
  'safetensors: sizes that overflow to 4': () => file(json({ a: tensor([2 ** 32, 2 ** 32, 1]) })),
  'safetensors: a negative size': () => file(json({ a: tensor([-1]) })),
  'safetensors: half a size': () => file(json({ a: tensor([0.5, 2]) })),
  'safetensors: sizes of 1e308': () => file('{"a":{"dtype":"F32","shape":[1e308,1e308],"data_offsets":[0,4]}}'),
  'safetensors: offsets beyond the end': () => file(json({ a: tensor([1e9], 0, 4e9) })),
  'safetensors: offsets backwards': () => file(json({ a: tensor([1], 8, 4) })),
  'safetensors: __proto__ as a name': () =>
    file(
      '{"__proto__":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"constructor":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}',
      zeros(8),
    ),
  'safetensors: a name of a million letters': () => file(json({ ['a'.repeat(1e6)]: tensor([1]) }), zeros(4)),
  'safetensors: names net.net.net... of 60,000 letters': () =>
    file(
      json(Object.fromEntries(list(20, (i) => [`${'net.'.repeat(15_000)}w${i}`, tensor([1], 4 * i, 4 * i + 4)]))),
      zeros(80),
    ),
  'safetensors: 3,000 names of 300 prefixes': () =>
    file(
      json(
        Object.fromEntries(list(3000, (i) => [`${'net.'.repeat(300)}${i}.weight`, tensor([1, 1], 4 * i, 4 * i + 4)])),
      ),
      zeros(12_000),
    ),
  'safetensors: names with escapes of a terminal': () =>
    file(json({ '\u001b]0;owned\u0007\u001b[2J\r\n\u202e': tensor([9]) })),
  'safetensors: a dtype with escapes of a terminal': () => file(json({ a: tensor([1], 0, 4, '\u001b[31mF32\u0000') })),
  'safetensors: a dtype of a million letters': () => file(json({ a: tensor([1], 0, 4, 'F'.repeat(1e6)) })),
  'safetensors: a spec that is nested deep': () =>
    file(json({ __metadata__: { 'zoo.spec': '['.repeat(2e5) }, a: tensor([1]) }), zeros(4)),
  'safetensors: 200,000 texts of metadata': () =>
    file(json({ __metadata__: many(2e5, (i) => `k${i}`, 'v'), a: tensor([1]) }), zeros(4)),
  'safetensors: metadata of other types': () =>
    file(json({ __metadata__: { a: [[1]], b: { c: 1 } }, a: tensor([1]) }), zeros(4)),
  'safetensors: a header that is no UTF-8': () => file(joined('{"', Uint8Array.of(0xff, 0xfe, 0xc0, 0x80), '":1}')),
  'safetensors: lone surrogates': () => file('{"\\ud800":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}', zeros(4)),
  'safetensors: numbers of a million digits': () =>
    file(`{"a":{"dtype":"F32","shape":[${'9'.repeat(1e6)}],"data_offsets":[0,4]}}`),
});

const index = (map: Readonly<Record<string, unknown>>, more: Readonly<Record<string, Uint8Array>> = {}) => ({
  'model.safetensors.index.json': json({ metadata: { total_size: 4 }, weight_map: map }),
  ...more,
});
const shard = (name: string) => ({ [name]: file(json({ a: tensor([1]) }), zeros(4))['a.safetensors'] });

export const indexBombs = bombsOf('weights', {
  'index: one shard named 100,000 times': () =>
    index(
      many(1e5, (i) => `t${i}`, 'one.safetensors'),
      shard('one.safetensors'),
    ),
  'index: 100,000 shards': () => index(Object.fromEntries(list(1e5, (i) => [`t${i}`, `s${i}.safetensors`]))),
  'index: 300 shards that are there': () =>
    index(
      Object.fromEntries(list(300, (i) => [`t${i}`, `s${i}.safetensors`])),
      Object.assign({}, ...list(300, (i) => shard(`s${i}.safetensors`))),
    ),
  'index: itself as its shard': () => index({ a: 'model.safetensors.index.json' }),
  'index: a shard in a parent folder': { ends: 'refused', files: () => index({ a: '../../../../../../etc/passwd' }) },
  'index: a shard by an absolute path': { ends: 'refused', files: () => index({ a: '/etc/passwd' }) },
  'index: a device as its shard': { ends: 'refused', files: () => index({ a: '/dev/zero' }) },
  'index: a shard by an address': () => index({ a: 'http://127.0.0.1:9/a.safetensors' }),
  'index: a shard of a long name': () => index({ a: `${'a'.repeat(1e6)}.safetensors` }),
  'index: a shard named with escapes': () => index({ a: '\u001b[2J.safetensors' }),
  'index: names that are no texts': () => index({ a: { b: 1 }, c: 4, d: null }),
  'index: nested deep': () => ({
    'model.safetensors.index.json': `{"weight_map":${'{"a":'.repeat(2e5)}1${'}'.repeat(2e5)}}`,
  }),
  'index: __proto__ as a tensor': () => ({
    'model.safetensors.index.json': '{"weight_map":{"__proto__":"one.safetensors"}}',
    ...shard('one.safetensors'),
  }),
});
