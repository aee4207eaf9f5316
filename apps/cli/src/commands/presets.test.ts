import { presets } from '@zoo/alexnet';
import { describe, expect, it } from 'vitest';
import { fieldsOf, jsonLines, startZoo, zoo } from '../testing/zoo.ts';

describe('zoo presets and summary', () => {
  it('lists every preset, for people and for programs', async () => {
    const [forPeople, forPrograms] = await Promise.all([zoo('presets'), zoo('presets', '--json')]);
    expect(forPeople.out).toMatch(
      /^alexnet\/paper +227 × 227 × 3 +1,000 +60,965,224 +725\.1 M {2}AlexNet as published/m,
    );
    const rows = jsonLines(forPrograms.out);
    expect(rows).toHaveLength(13);
    const names = rows.map((row) => JSON.stringify(row).replace(/^{"preset":"([^"]+)".*/, '$1'));
    expect(names).toEqual(expect.arrayContaining(['alexnet/paper', 'zfnet/zfnet', 'lenet/lenet-5']));
    expect(rows[0]).toEqual({
      preset: 'alexnet/paper',
      parameters: 60965224,
      multAdds: 725066088,
      input: [227, 227, 3],
      classes: 1000,
      recipe: presets.paper.recipe,
    });
  });

  it('shows the recipe of a preset', async () => {
    const [one, json, summary, unknown] = await Promise.all([
      zoo('presets', 'alexnet/paper'),
      zoo('presets', 'alexnet/cifar10-quick', '--json'),
      zoo('summary', 'alexnet/cifar10-quick'),
      zoo('presets', 'alexnet/papr'),
    ]);
    for (const row of [
      /^parameters +60,965,224$/m,
      /^optimiser +SGD as in Caffe, learning rate 0\.01, momentum 0\.9, weight decay 0\.0005$/m,
      /^training +90 epochs in batches of 128$/m,
      /^augmentation +cropped at random, mirrored at random, PCA colour shifts$/m,
      /^recipe from +\S/m,
    ])
      expect(one.out).toMatch(row);
    expect(jsonLines(json.out)).toEqual([
      expect.objectContaining({ preset: 'alexnet/cifar10-quick', recipe: presets['cifar10-quick'].recipe }),
    ]);
    expect(summary.out.replaceAll('\n', ' ')).toMatch(
      /Recipe: SGD as in Caffe, learning rate \S+, momentum 0\.9, weight decay 0\.004; .+; \d+ epochs in batches of 100; augmentation: /,
    );
    expect(unknown).toMatchObject({ code: 2, err: expect.stringContaining('did you mean alexnet/paper?') });
  });

  it('shows no normalisation that was switched off', async () => {
    const show = (...more: string[]) => zoo('summary', 'alexnet/paper', '--lrn', 'none', ...more);
    const [table, torch, mermaid] = await Promise.all([show(), show('--style', 'torch'), show('--style', 'mermaid')]);
    expect(table.out).not.toMatch(/LRN|norm1/);
    expect(table.out).toMatch(/^features\.4 +conv2/m);
    expect(torch.out).toContain('(2): Identity()');
    expect(torch.out).not.toContain('LocalResponseNorm');
    expect(mermaid.out).not.toContain('LRN');
  });

  it('shows a changed preset in every style', async () => {
    const show = async (style: string) =>
      (await zoo('summary', 'alexnet/batchnorm', '--classes', '5', '--style', style)).out;
    const [torchinfo, torch, mermaid, json] = await Promise.all(['torchinfo', 'torch', 'mermaid', 'json'].map(show));
    expect(torchinfo).toContain('[1, 5]');
    expect(torch).toContain('out_features=5');
    expect(mermaid).toMatch(/^graph TD;/);
    expect(fieldsOf(jsonLines(json ?? '')[0])).toEqual(
      expect.arrayContaining(['preset', 'parameters', 'multAdds', 'layers']),
    );
  });

  it('finds presets of every family, by their own name where one family has it, and says what comes near', async () => {
    const [full, short, near] = await Promise.all([
      zoo('summary', 'lenet/lenet-5', '--style', 'json'),
      zoo('summary', 'zfnet', '--style', 'json'),
      zoo('summary', 'lenet/lenet5'),
    ]);
    expect(jsonLines(full.out)[0]).toMatchObject({ preset: 'lenet/lenet-5', parameters: 60_000 });
    expect(jsonLines(short.out)[0]).toMatchObject({ preset: 'zfnet/zfnet', parameters: 62_357_608 });
    expect(near).toMatchObject({ code: 2, out: '' });
    expect(near.err).toContain(
      'lenet/lenet5: there is no such preset; did you mean lenet/lenet-5? Known: alexnet/paper,',
    );
  });

  it('ends quietly when nobody reads on', async () => {
    const { child, ended } = startZoo(['presets']);
    child.stdout?.destroy();
    expect(await ended).toEqual({ code: 0, out: '', err: '' });
  });
});

describe('zoo doctor', () => {
  it('says what works, for people and for programs', async () => {
    const [forPeople, forPrograms] = await Promise.all([zoo('doctor'), zoo('doctor', '--json')]);
    expect(forPeople.out).toMatch(/^wasm +✓ works.+agrees with stored results to \de-\d/m);
    expect(forPeople.out.match(/--backend auto takes this one/g)).toHaveLength(1);
    expect(forPeople.out).toMatch(/^Node +\d+\./m);
    expect(forPeople.out).toMatch(/^Data +.+, \d+\.\d [kMG]B free$/m);
    expect(forPeople.err).toBe('');
    for (const row of jsonLines(forPrograms.out))
      expect(fieldsOf(row)).toEqual(expect.arrayContaining(['backend', 'state', 'detail', 'fix']));
  });
});

describe('help pages', () => {
  it('list presets in lines of at most 80 characters', async () => {
    const pages = await Promise.all(['train', 'summary', 'bench'].map((name) => zoo(name, '--help')));
    for (const { out } of pages) {
      const list = out.slice(out.indexOf('Presets:'), out.indexOf('Examples:'));
      expect(list).toContain('lenet/lenet-5');
      expect(Math.max(...list.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    }
  });
});

describe('zoo', () => {
  it('teaches its commands, and the first one to try', async () => {
    const { code, out } = await zoo('--help');
    expect(code).toBe(0);
    // In a clone, and wherever the program is a dependency.
    expect(out).toContain('  npx zoo train alexnet/cifar10-quick --data cifar10 --epochs 1');
    expect(out).toMatch(/^Exit codes:\n {2}0 +done\n {2}1 +failed/m);
    for (const code of [2, 130, 143, 129]) expect(out).toMatch(new RegExp(`\\b${code}\\b`));
    for (const command of ['train', 'eval', 'classify', 'presets', 'summary', 'doctor'])
      expect(out).toMatch(new RegExp(`^  ${command} .+ [a-z]`, 'm'));
  });

  it('refuses a command that it does not know, also where help about it is asked for', async () => {
    const asked = [['trian'], ['trian', '--help'], ['help', 'trian'], ['unheard-of-thing', '--help']];
    const ended = await Promise.all(asked.map((args) => zoo(...args)));
    expect(ended.map(({ code, out }) => ({ code, out }))).toEqual(asked.map(() => ({ code: 2, out: '' })));
    for (const { err } of ended.slice(0, 3))
      expect(err).toContain('zoo: trian: there is no such command; did you mean train?');
    expect(ended[3]?.err).toContain('there is no such command. Known: train, ');
  });

  it('colours nothing that goes into a file, in CI either, where picocolors itself would', async () => {
    const env = { CI: 'true', NO_COLOR: '' };
    const ended = await Promise.all(
      [['trian'], ['train', '--rate'], ['train', '--help'], ['presets']].map((args) => startZoo(args, { env }).ended),
    );
    for (const { out, err } of ended) expect(out + err).not.toMatch(/\p{Cc}\[/u);
  });
});
