// Writes guide/backend-ops.json: each op of a training step on each backend of this machine. Build the packages, then: node docs/backend-ops.mjs
import { writeFileSync } from 'node:fs';
import { backendNames, probeOps, useBackend } from '@zoo/backends';

const backends = [];
for (const name of backendNames.filter((one) => one !== 'webgl')) {
  try {
    const { detail } = await useBackend(name, { software: true, threads: 2 });
    const ops = await probeOps();
    backends.push({
      name,
      detail,
      ops: ops.map(({ op, errors, wrong }) => ({ op, error: Math.max(...errors), wrong })),
    });
  } catch (error) {
    process.stderr.write(`Left out: ${error.message}\n`);
  }
}
const node = process.versions.node;
writeFileSync(new URL('guide/backend-ops.json', import.meta.url), `${JSON.stringify({ node, backends }, null, 2)}\n`);
