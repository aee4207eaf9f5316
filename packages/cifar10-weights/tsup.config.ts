import { build } from '../../tsup.shared.ts';

export default { ...build('src/index.ts'), loader: { '.safetensors': 'binary' as const } };
