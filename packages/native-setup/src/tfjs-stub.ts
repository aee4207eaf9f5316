import { tfjsCoreKey } from '@zoo/backends/native';

/**
 * tfjs-node requires `@tensorflow/tfjs`, of which its kernels use only tfjs-core. This stub replaces it
 * next to them, so that they register themselves with the program's own tfjs-core, however that was installed or bundled.
 */
export const tfjsStub = `'use strict';\nmodule.exports = globalThis[Symbol.for('${tfjsCoreKey}')];\n`;

/** A stub for the protobuf messages of TensorBoard, which the backend loads but the zoo does not use. */
export const protobufStub = `'use strict';\nmodule.exports = {};\n`;
