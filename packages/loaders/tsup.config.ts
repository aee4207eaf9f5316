import { build } from '../../tsup.shared.ts';

export default build('src/index.ts', 'src/node.ts', 'src/browser.ts', 'src/npm.ts');
