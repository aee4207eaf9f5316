import { readFile } from 'node:fs/promises';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { openTensors } from './open-tensors.ts';
import { openSafetensors } from './safetensors.ts';
import { ofBytes } from './sources/of-bytes.ts';
import { tfjsFixture } from './testing/tfjs-fixture.ts';

const { json, shards } = await tfjsFixture();
const fixture = new Uint8Array(await readFile(new URL('../fixtures/odd.safetensors', import.meta.url)));

/** What was done with each file of the web, by its address. */
const done = vi.hoisted(() => ({ events: [] as string[], files: new Map<string, Uint8Array>() }));
vi.mock('@zoo/fetch', () => ({
  fetchFile: async (url: URL, options: object) => {
    const name = url.pathname.slice(1);
    done.events.push(`fetch ${name}${'sha256' in options ? ' with a hash' : ''}`);
    const bytes = done.files.get(name);
    if (!bytes) throw new Error(`no ${name}`);
    const say = (what: string) => async () => void done.events.push(`${what} ${name}`);
    return { ...ofBytes(bytes, url.href), sha256, keep: say('keep'), close: say('close') };
  },
}));

beforeEach(async () => {
  done.events = [];
  done.files = new Map([
    ['odd.safetensors', fixture],
    ['login.html', new TextEncoder().encode('<!doctype html><title>Please sign in</title>')],
    ['model.json', json],
    ...(await Promise.all(
      shards.map(async (shard) => [shard.name, new Uint8Array(await shard.arrayBuffer())] as const),
    )),
  ]);
});

const sha256 = 'abc0'.repeat(16);

describe('a file of the web', () => {
  it('is kept once it has been understood', async () => {
    const file = await openTensors('https://example.com/odd.safetensors', { sha256 });
    expect(file).toMatchObject({ sha256, format: 'safetensors' });
    await file.close();
    expect(done.events).toEqual(['fetch odd.safetensors with a hash', 'keep odd.safetensors', 'close odd.safetensors']);
  });

  it.each([
    ['a web page', openTensors, 'login.html', /is a web page/],
    ['another than its reader takes', openSafetensors, 'model.json', /has no weight_map of its shards/],
  ])('is not kept when it is %s', async (_, open, name, message) => {
    await expect(open(new URL(`https://example.com/${name}`))).rejects.toThrow(message);
    expect(done.events).toEqual([`fetch ${name}`, `close ${name}`]);
  });

  it('brings along those that lie beside it, which have hashes of their own', async () => {
    const file = await openTensors('https://example.com/model.json?version=2', { sha256 });
    const names = ['model.json', ...shards.map(({ name }) => name)];
    expect(done.events).toEqual([
      'fetch model.json with a hash',
      ...names.slice(1).map((name) => `fetch ${name}`),
      ...names.map((name) => `keep ${name}`),
    ]);
    await file.close();
    expect(done.events.slice(-names.length)).toEqual(names.map((name) => `close ${name}`));
  });

  it('is not kept when one beside it is missing, and all are closed', async () => {
    const [first = '', second = ''] = shards.map(({ name }) => name);
    done.files.delete(second);
    await expect(openTensors('https://example.com/model.json')).rejects.toThrow(`no ${second}`);
    expect(done.events).toEqual([
      'fetch model.json',
      `fetch ${first}`,
      `fetch ${second}`,
      'close model.json',
      `close ${first}`,
    ]);
  });
});
