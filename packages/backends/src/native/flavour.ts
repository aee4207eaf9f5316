/** The two builds of TensorFlow's Node backend. */
export type Flavour = 'node' | 'node-gpu';

/** The version whose sources, kernels and addons are used: upstream's last. */
export const tfjsNodeVersion = '4.22.0';

export const packageNames: Readonly<Record<Flavour, string>> = {
  node: '@tensorflow/tfjs-node',
  'node-gpu': '@tensorflow/tfjs-node-gpu',
};

/** What brings the addon of a flavour: upstream's package, or a build of the zoo for this machine. */
export const howToGet = (flavour: Flavour): string =>
  `npx @zoo/cli setup ${flavour} (or npm install ${packageNames[flavour]})`;
