import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { serve } from '@zoo/testing/serve';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openTensors } from '../open-tensors.ts';
import { openSafetensors } from '../safetensors.ts';
import { openBytes } from './open-bytes.ts';

const file = fileURLToPath(new URL('../../fixtures/odd.safetensors', import.meta.url));
const content = await readFile(file);
const sha256 = createHash('sha256').update(content).digest('hex');
const sha1 = createHash('sha1').update(content).digest('hex');

describe('a source', () => {
  it.each<[string, () => Parameters<typeof openTensors>[0] | Promise<Response>]>([
    ['a path', () => file],
    ['a relative path', () => path.relative(process.cwd(), file)],
    ['the address of a file', () => pathToFileURL(file)],
    ['the text of one', () => pathToFileURL(file).href],
    ['a data: address', () => `data:application/octet-stream;base64,${content.toString('base64')}`],
    ['a blob: address', () => URL.createObjectURL(new Blob([content]))],
    ['a Response', () => new Response(new Uint8Array(content))],
    ['an answer of fetch', async () => fetch(await serve((_, response) => response.end(content)))],
    ['a Blob', () => new Blob([content])],
    ['a File', () => new File([content], 'odd.safetensors')],
    ['a list of Files', () => [new File([content], 'odd.safetensors')]],
    ['a buffer', () => new Uint8Array(content).buffer],
    ['a part of a buffer', () => content],
    [
      "bytes of another realm, as in a test runner's sandbox",
      () => runInContext('Uint8Array.from(bytes)', createContext({ bytes: [...content] })),
    ],
    [
      'a buffer of another realm',
      () => runInContext('Uint8Array.from(bytes).buffer', createContext({ bytes: [...content] })),
    ],
  ])('may be %s', async (_, source) => {
    const opened = await openTensors(await source());
    expect(opened).toMatchObject({ format: 'safetensors', size: content.length });
    const [tensor] = opened.tensors.values();
    expect(await tensor?.read()).toBeInstanceOf(Float32Array);
    await opened.close();
  });

  it('is named in messages as it was given', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-names-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    // Signs that stand for something in addresses.
    const odd = path.join(folder, '50% of #1?.pth');
    await writeFile(odd, 'no tensors at all');
    await expect(openTensors(odd)).rejects.toThrow(`${odd}: `);
    await expect(openTensors('no-such-file.pth')).rejects.toThrow(
      'no-such-file.pth: no such file, expected a file of weights. Check the path.',
    );
  });

  it('is refused where the address of a file names none', async () => {
    await expect(openTensors(new URL('file:///a%zz.pth'))).rejects.toThrow(
      'file:///a%zz.pth: names no file of this machine (URI malformed).',
    );
    await expect(openTensors('file:///a%zz.pth')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('is compared with the hashes that are expected, wherever it comes from', async () => {
    const wrong = '0'.repeat(64);
    for (const source of [
      file,
      pathToFileURL(file),
      new Blob([content]),
      content,
      new Response(new Uint8Array(content)),
    ])
      await expect(openBytes(source, { sha256: wrong })).rejects.toThrow(
        `: refused, its ${content.length} bytes have the sha256 ${sha256}, expected ${wrong}. Ask its owner,`,
      );
    await expect(openBytes(content, { sha1: wrong.slice(24) })).rejects.toThrow(`have the sha1 ${sha1}, expected`);
    expect((await openBytes(content, { sha256: sha256.toUpperCase(), sha1 })).size).toBe(content.length);
  });

  it('is read only once its hash can be one', async () => {
    for (const sha256 of ['abc', `sha256-${'0'.repeat(57)}`])
      await expect(openTensors('no-such-file.pth', { sha256 })).rejects.toThrow(
        `sha256 is "${sha256}", expected 64 hexadecimal digits. Leave it out to take any file.`,
      );
  });

  it.each(['README.md', 'config.json', 'LICENSE', 'notes.txt'])('is found among Files, behind %s', async (name) => {
    const beside = new File(['{"architectures": ["AlexNet"]}'], name);
    const tensors = new File([content], 'odd.safetensors');
    for (const open of [openTensors, openSafetensors])
      for (const files of [
        [beside, tensors],
        [tensors, beside],
      ])
        if (name !== 'LICENSE' || open === openTensors) expect((await open(files)).name).toBe('odd.safetensors');
    const json = JSON.stringify({ weightsManifest: [{ paths: ['a.bin'], weights: [] }] });
    const model = [beside, new File([], 'a.bin'), new File([json], 'model.json')];
    expect(await openTensors(model)).toMatchObject({ name: 'model.json', format: 'tfjs' });
  });

  it.each<[string, () => Response | Promise<Response>, RegExp]>([
    [
      'says that there is nothing',
      () => new Response('', { status: 404, statusText: 'Not Found' }),
      /^a Response: answered 404 Not Found\. Check the address\.$/,
    ],
    [
      'may not be read',
      async () => Object.defineProperty(Response.error(), 'type', { value: 'opaque' }),
      /a Response: may not be read by this page\. Fetch it with CORS/,
    ],
    [
      'was read already',
      async () => {
        const response = new Response('1234');
        await response.text();
        return response;
      },
      /a Response: its body has been read already, or is being read\. Pass a fresh Response, or its clone\(\)\./,
    ],
    [
      'is being read',
      () => {
        const response = new Response('1234');
        response.body?.getReader();
        return response;
      },
      /a Response: its body has been read already, or is being read\. Pass a fresh Response/,
    ],
    [
      'breaks off',
      async () => {
        const breakers: (() => void)[] = [];
        const answer = await fetch(
          await serve((_, response) => {
            response.writeHead(200, { 'content-length': 1000 });
            response.write('1234');
            breakers.push(() => response.destroy());
          }),
        );
        for (const breakOff of breakers) breakOff();
        return answer;
      },
      /^http:.*: broke off while it was read\. Fetch it anew\.$/,
    ],
  ])('is refused when it is a Response that %s', async (_, response, message) => {
    await expect(openTensors(await response())).rejects.toThrow(message);
  });

  it.each<[unknown, string]>([
    [3, 'openTensors: is given a value of type number. Give a path, an address, a Response, a File or bytes.'],
    [null, 'openTensors: is given null. Give a path,'],
    [{}, 'openTensors: is given a value of type object.'],
    [[], 'openTensors: is given no files. Give at least one.'],
    ['', 'openTensors: is given an empty text. Give a path,'],
    ['ftp://example.com/a.pth', 'ftp://example.com/a.pth: is no address that can be read. Give https://...,'],
    ['https://', 'https://: is no address that can be read.'],
    ['blob:nodedata:gone', 'a blob: address: cannot be read. Is it revoked? Pass the Blob itself.'],
    ['data:;base64,?', 'a data: address: cannot be read. Write it as data:application/octet-stream;base64,...'],
  ])('is not %o', async (source, message) => {
    // From JavaScript, where no type stands in the way.
    const untyped: (source: never) => Promise<unknown> = openTensors;
    await expect(Reflect.apply(untyped, undefined, [source])).rejects.toThrow(message);
  });
});
