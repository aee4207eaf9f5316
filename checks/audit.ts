// Known faults of what users install: `npm audit` of all but development's dependencies, high and critical ones.
import { execFile } from 'node:child_process';
import { isRecord, root, textsOf } from './workspace.ts';

const arguments_ = ['audit', '--omit=dev', '--audit-level=high', '--json'];
const printed = await new Promise<string>((resolve) => {
  const options = { cwd: root, timeout: 120_000, maxBuffer: 2 ** 26, shell: process.platform === 'win32' };
  execFile('npm', arguments_, options, (_error, stdout) => resolve(stdout));
});

const report: unknown = printed.trim() === '' ? {} : JSON.parse(printed);
const found = isRecord(report) ? report.vulnerabilities : undefined;
if (!isRecord(found)) {
  const reason = textsOf(report).message?.split('\n')[0] ?? 'it did not answer';
  console.log(`Not run: npm audit. The registry gives no list of known faults: ${reason}`);
} else {
  const severe = Object.entries(found).filter(([, one]) => /^(?:high|critical)$/.test(textsOf(one).severity ?? ''));
  for (const [name, one] of severe)
    console.error(
      `${name} ${textsOf(one).range ?? ''}: a known fault, ${textsOf(one).severity}. Run \`npm audit --omit=dev\`.`,
    );
  if (severe.length > 0) process.exitCode = 1;
  else console.log('npm audit: no known faults of severity high or critical in what users install.');
}
