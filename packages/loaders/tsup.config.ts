import { buildForNodeAndPages } from '../../tsup.shared.ts';

export default buildForNodeAndPages('src/index.ts');
