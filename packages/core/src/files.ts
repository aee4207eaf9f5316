export { diskError, writeFileAtomically } from './write-file-atomically.ts';
