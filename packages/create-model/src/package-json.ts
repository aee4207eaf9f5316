import type { Names } from './names.ts';

const tfjs = '~4.22.0';
const types = (end: string) => ({
  types: `./dist/index.d.${end === 'js' ? 'ts' : 'cts'}`,
  default: `./dist/index.${end}`,
});

/** The package.json of a model package, inside of the zoo's repository or of somebody's own. */
export function packageJson({ file, pascal }: Names, packageName: string, version: string, inZoo: boolean): string {
  const zoo = `^${version}`;
  const json = {
    name: packageName,
    version: inZoo ? version : '0.1.0',
    description: `${pascal} as a readable table, for TensorFlow.js.`,
    // The owner of a package chooses its licence. Until then npm's word for none keeps it from looking like a given one.
    license: inZoo ? 'Apache-2.0' : 'UNLICENSED',
    ...(inZoo && {
      homepage: 'https://zoo-js.github.io/zoo/',
      repository: { type: 'git', url: 'git+https://github.com/zoo-js/zoo.git', directory: `packages/${file}` },
    }),
    type: 'module',
    sideEffects: false,
    exports: { '.': { import: types('js'), require: types('cjs') }, './package.json': './package.json' },
    main: './dist/index.cjs',
    module: './dist/index.js',
    types: './dist/index.d.ts',
    files: ['dist', ...(inZoo ? ['CHANGELOG.md'] : [])],
    engines: { node: '>=20' },
    ...(inZoo && { publishConfig: { access: 'public' } }),
    scripts: inZoo
      ? { build: 'tsup' }
      : { build: 'tsup', check: 'tsc --noEmit', test: 'vitest run --testTimeout 60000', page: 'node page.mjs' },
    dependencies: { '@zoo/spec': zoo, '@zoo/layers': zoo },
    peerDependencies: { '@tensorflow/tfjs-core': tfjs, '@tensorflow/tfjs-layers': tfjs },
    devDependencies: {
      '@zoo/inspect': zoo,
      '@tensorflow/tfjs-core': tfjs,
      '@tensorflow/tfjs-layers': tfjs,
      '@tensorflow/tfjs-backend-cpu': tfjs,
      ...(!inZoo && { '@types/node': '^20.19.0', tsup: '8.5.1', typescript: '5.9.3', vitest: '4.1.12' }),
    },
  };
  return `${JSON.stringify(json, null, 2)}\n`;
}
