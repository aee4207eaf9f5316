import { build } from '../../tsup.shared.ts';

// The CommonJS build needs a stand-in for import.meta.url, from which the template is found.
export default { ...build('src/index.ts', 'src/bin.ts'), shims: true };
