// A separate entry for packages whose tables are useful without building a model: a bundle that builds none leaves out the layers and tfjs.
export { buildModel } from './build-model.ts';
