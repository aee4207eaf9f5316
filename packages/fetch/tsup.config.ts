import { buildForNodeAndPages } from '../../tsup.shared.ts';

// Packages of npm, PyPI and Debian are for Node alone.
export default buildForNodeAndPages('src/index.ts').map((options) =>
  options.outDir ? options : { ...options, entry: ['src/index.ts', 'src/packages.ts'] },
);
