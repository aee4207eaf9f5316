/** The two builds of TensorFlow's Node backend. */
export type Flavour = 'node' | 'node-gpu';

/** The version whose sources, kernels and addons are used: upstream's last. */
export const tfjsNodeVersion = '4.22.0';

export const packageNames = {
  node: '@tensorflow/tfjs-node',
  'node-gpu': '@tensorflow/tfjs-node-gpu',
} as const satisfies Record<Flavour, string>;
