export { type Flavour, tfjsNodeVersion } from './native/flavour.ts';
export { nativeFolder } from './native/home.ts';
export { type Installation, installationFile, readInstallation, thisMachine } from './native/installation.ts';
export { tfjsCoreKey } from './native/tfjs-core-key.ts';
