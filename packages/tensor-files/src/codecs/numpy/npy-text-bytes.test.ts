import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { openNpz } from '../../npy.ts';
import { npyTextBytes } from './npy-text-bytes.ts';
import { npzBytes } from './npz-bytes.ts';

const names = ['cats/größer.png', '', '猫/😀.jpg'];

/** As NumPy 2.4.6 wrote `numpy.save(file, numpy.array(['ab', '😀']))`, in hexadecimal digits behind the header. */
const reference = '6100000062000000' + '00f6010000000000';

it('writes texts as NumPy does', () => {
  const bytes = npyTextBytes(['ab', '😀']);
  expect(new TextDecoder('latin1').decode(bytes.subarray(0, 128))).toBe(
    `\x93NUMPY\x01\x00v\x00${"{'descr': '<U2', 'fortran_order': False, 'shape': (2,), }".padEnd(117)}\n`,
  );
  expect(Buffer.from(bytes.subarray(128)).toString('hex')).toBe(reference);
});

it('keeps half a character from becoming a number that NumPy refuses', () => {
  expect(Buffer.from(npyTextBytes(['\ud83d']).subarray(-4)).toString('hex')).toBe('fdff0000');
});

it('puts them beside tensors, which are read as ever', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-npz-'));
  try {
    const file = path.join(folder, 'a.npz');
    const tensor = { name: 'features', shape: [3, 2], data: () => Float32Array.of(1, 2, 3, 4, 5, 6) };
    await writeFile(file, npzBytes([tensor], { names, none: [] }));
    const opened = await openNpz(file);
    expect([...((await opened.tensors.get('features')?.read()) ?? [])]).toEqual([1, 2, 3, 4, 5, 6]);
    await expect(opened.tensors.get('names')?.read()).rejects.toThrow("holds texts ('<U15')");
    await opened.close();
    const script = `import numpy; a = numpy.load(${JSON.stringify(file)}); print(ascii([a['names'].tolist(), a['none'].tolist(), a['features'].shape]))`;
    let printed: string;
    try {
      printed = execFileSync(process.env.PYTHON ?? 'python3', ['-c', script], { stdio: 'pipe', encoding: 'utf8' });
    } catch {
      console.warn('npz with texts: not read by NumPy, because there is no Python with NumPy here');
      return;
    }
    expect(printed.trim()).toBe(String.raw`[['cats/gr\xf6\xdfer.png', '', '\u732b/\U0001f600.jpg'], [], (3, 2)]`);
  } finally {
    await rm(folder, { recursive: true });
  }
});
