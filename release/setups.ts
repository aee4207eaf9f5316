import type { managers } from './managers.ts';

/** Columns of the table, in their order. */
export const columns = ['install', 'types', 'build', 'run', 'isolated', 'csp', 'update', 'upgrade'] as const;
export type Column = (typeof columns)[number];

/** A program in Node: what is run, and what it has to print is in result.ts. */
export interface NodeRow {
  name: string;
  node: 20 | 22 | 24;
  program: string;
  /** Default: 2. */
  threads?: number;
  /** Whether what save.js wrote with the first version is read by load.js with later ones. */
  saves?: true;
}

/** A check of types: options of tsc. */
export interface TypesRow {
  name: string;
  types: readonly string[];
}

/** A page, built by the template's script `build`. */
export interface PageRow {
  name: string;
  /** The folder of the template that is served, or `start` for the template's own server. */
  page: { folder: string } | 'start';
  /** Whether its threads run a script of its server's, where others make a `blob:`. */
  threadScript?: true;
}

/** The command line, which trains, and goes on after an upgrade. */
export interface CommandLineRow {
  name: string;
  commandLine: true;
}

/** The generator of model packages, and what it makes. */
export interface GeneratorRow {
  name: string;
  generator: true;
}

export type Row = NodeRow | TypesRow | PageRow | CommandLineRow | GeneratorRow;

/** A project: a folder of `projects` with what is installed for it, and the rows that use it. */
export interface Setup {
  name: string;
  /** Default: the name. */
  template?: string;
  /** Default: npm. */
  manager?: keyof typeof managers;
  rows: readonly Row[];
}

const nodes = [20, 22, 24] as const;
const page = (name: string, title: string, folder: string, more: Pick<PageRow, 'threadScript'> = {}): Setup => ({
  name,
  rows: [{ name: title, page: { folder }, ...more }],
});

export const setups: readonly Setup[] = [
  {
    name: 'node',
    rows: [
      ...nodes.map(
        (node): Row => ({
          name: `Node ${node}, ESM`,
          node,
          program: 'program.js',
          ...(node === 20 && { saves: true }),
        }),
      ),
      ...nodes.map((node): Row => ({ name: `Node ${node}, CommonJS`, node, program: 'program.cjs' })),
    ],
  },
  ...(['pnpm', 'yarn'] as const).map(
    (manager): Setup => ({
      name: manager,
      template: 'node',
      manager,
      rows: [
        { name: `${manager}, ESM`, node: 22, program: 'program.js', saves: true },
        { name: `${manager}, CommonJS`, node: 22, program: 'program.cjs' },
      ],
    }),
  ),
  { name: 'command-line', rows: [{ name: 'zoo, the command', commandLine: true }] },
  { name: 'create-model', rows: [{ name: 'npm create @zoo/model', generator: true }] },
  {
    name: 'typescript',
    rows: [
      { name: 'TypeScript, node16', types: ['--module', 'node16', '--moduleResolution', 'node16'] },
      { name: 'TypeScript, nodenext', types: ['--module', 'nodenext', '--moduleResolution', 'nodenext'] },
      { name: 'TypeScript, bundler', types: ['--module', 'preserve', '--moduleResolution', 'bundler'] },
    ],
  },
  page('vite', 'Vite', 'dist'),
  page('webpack', 'webpack', 'public'),
  page('esbuild', 'esbuild', 'public', { threadScript: true }),
  page('rollup', 'Rollup with terser', 'public', { threadScript: true }),
  { name: 'next', rows: [{ name: 'Next.js', page: 'start' }] },
  page('import-map', 'import map', '.'),
  page('worker', 'Web Worker (Vite)', 'dist'),
  {
    name: 'tfjs-bundle',
    rows: [
      { name: '@tensorflow/tfjs, Node 22', node: 22, program: 'program.js', threads: 1 },
      { name: '@tensorflow/tfjs, Vite', page: { folder: 'dist' } },
    ],
  },
];
