import assert from 'node:assert/strict';
import type { Project } from '../project.ts';
import { checkResult } from '../result.ts';
import type { NodeRow } from '../setups.ts';
import { nodeOf } from '../tools.ts';
import type { Steps } from './steps.ts';

export function nodeSteps(row: NodeRow, { folder, manager, env }: Project): Steps {
  const node = async (...args: string[]) => manager.run(folder, await nodeOf(row.node), args, env);
  const run = async () => {
    const { backend } = checkResult(await node(row.program, 'net.pth'));
    const { threads = 2 } = row;
    assert.equal(backend.threads, threads, `threads in Node: ${backend.threads}, expected ${threads}`);
  };
  return {
    first: {
      async run() {
        await run();
        if (row.saves) await node('save.js', 'saved');
      },
    },
    async again() {
      await run();
      if (row.saves) await node('load.js', 'saved');
    },
  };
}
