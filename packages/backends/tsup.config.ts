import { build } from '../../tsup.shared.ts';

// The CommonJS build needs a stand-in for import.meta.url, from which the threads' scripts are found.
export default { ...build('src/index.ts', 'src/native.ts'), shims: true };
