import { build } from '../../tsup.shared.ts';

export default build('src/index.ts', 'src/build.ts', 'src/model.ts');
