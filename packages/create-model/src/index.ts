export { type CreateOptions, createModel } from './create-model.ts';
