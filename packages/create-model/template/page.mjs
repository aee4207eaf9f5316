// Writes page.md: the network's table, its diagram and its print, worked out from the spec. Run by `npm run page` after a build.
import { writeFile } from 'node:fs/promises';
import { mermaid, summary, torchRepr } from '@zoo/inspect';
import { presets } from './dist/index.js';

const fence = (language, code) => `\`\`\`${language}\n${code}\n\`\`\``;

const pages = Object.values(presets).map((spec) =>
  [
    `# ${spec.family}/${spec.preset}`,
    `${spec.title}. ${spec.source}.`,
    fence('mermaid', mermaid(spec)),
    fence('text', summary(spec)),
    fence('text', torchRepr(spec)),
  ].join('\n\n'),
);
await writeFile('page.md', `${pages.join('\n\n')}\n`);
