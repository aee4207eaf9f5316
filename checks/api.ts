// The public signatures of every entry, in `api.md` of its package. `npm run api` builds, and writes them anew; `npm run api:check` fails
// when they are not those of the build. Both fail when signatures changed without a changeset, and say which.
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { missingChangesets } from './api/changesets.ts';
import { apiReport } from './api/report.ts';
import { entriesOf, packagesOf, root } from './workspace.ts';

const checks = process.argv.includes('--check');
const problems: string[] = [];
for (const pack of (await packagesOf(root)).filter((one) => entriesOf(one).length > 0)) {
  const file = path.join(pack.folder, 'api.md');
  const report = apiReport(pack);
  if (!checks) await writeFile(file, report);
  else if ((await readFile(file, 'utf8').catch(() => '')).replaceAll('\r\n', '\n') !== report)
    problems.push(`${pack.place}/api.md is not what the build exports. Run \`npm run api\`, and read the difference.`);
}
if (problems.length === 0) problems.push(...(await missingChangesets(root)));
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;
