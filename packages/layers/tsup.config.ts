import { build } from '../../tsup.shared.ts';

export default build('src/index.ts', 'src/model.ts');
