/** What a package of its own needs and one of the zoo's repository has from its root. */
export const standAlone: Readonly<Record<string, string>> = {
  'tsup.config.ts': `import { defineConfig } from 'tsup';

export default defineConfig({
  entry: ['src/index.ts'],
  format: ['esm', 'cjs'],
  dts: true,
  clean: true,
  target: 'es2022',
  platform: 'neutral',
});
`,
  'tsconfig.json': `${JSON.stringify(
    {
      compilerOptions: {
        target: 'ES2022',
        lib: ['ES2023', 'DOM'],
        types: ['node'],
        module: 'ESNext',
        moduleResolution: 'Bundler',
        strict: true,
        noUncheckedIndexedAccess: true,
        verbatimModuleSyntax: true,
        skipLibCheck: true,
        allowImportingTsExtensions: true,
        noEmit: true,
      },
      include: ['src'],
    },
    null,
    2,
  )}\n`,
  '.gitignore': 'node_modules/\ndist/\n',
};

/** The build of a package in the zoo's repository. */
export const inZoo = "import { build } from '../../tsup.shared.ts';\n\nexport default build('src/index.ts');\n";
