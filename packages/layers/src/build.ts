// Building alone, for packages whose tables are of use without it: a bundle that builds nothing leaves the layers and tfjs out.
export { buildModel } from './build-model.ts';
