import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { allPresets, presetName } from './families.ts';
import { typescriptUsage } from './views/usage.ts';

const docs = fileURLToPath(new URL('.', import.meta.url));

const fences = (page: string): [file: string, code: string][] =>
  [...readFileSync(`${docs}${page}`, 'utf8').matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = ''], index) => [
    `${docs}${page}.${index + 1}.ts`,
    code,
  ]);

/** Every example of the site as a file beside its page, none of them on the disk. */
const examples = new Map([
  ...readdirSync(docs, { recursive: true, encoding: 'utf8' })
    .filter((page) => page.endsWith('.md') && !page.includes('node_modules'))
    .flatMap(fences),
  ...allPresets.map((spec): [string, string] => [`${docs}presets/${presetName(spec)}.md.1.ts`, typescriptUsage(spec)]),
]);

function complaints(): string[] {
  const settings = ts.readConfigFile(`${docs}../tsconfig.json`, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...settings.config, include: [] }, ts.sys, `${docs}..`);
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (file) => examples.has(file) || fileExists(file);
  host.readFile = (file) => examples.get(file) ?? readFile(file);
  host.getSourceFile = (file, version, ...rest) => {
    const code = examples.get(file);
    return code === undefined
      ? getSourceFile(file, version, ...rest)
      : ts.createSourceFile(file, `${code}\nexport {};`, version);
  };
  const program = ts.createProgram([...examples.keys()], options, host);
  return [...examples.keys()].flatMap((file) => {
    const source = program.getSourceFile(file);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ messageText }) => `${file.slice(docs.length)}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
    );
  });
}

it('shows only code that the sources accept', () => {
  expect(examples.size).toBeGreaterThan(15);
  expect(complaints()).toEqual([]);
});
