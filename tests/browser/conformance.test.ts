// The suites of kernels, layers and training, in a page.
import '../../packages/kernels/src/fully-connected.test.ts';
import '../../packages/kernels/src/grouped-conv2d.test.ts';
import '../../packages/kernels/src/local-response-normalization.test.ts';
import '../../packages/kernels/src/pool2d.test.ts';
import '../../packages/layers/src/adaptive-average-pooling.test.ts';
import '../../packages/layers/src/batch-normalization.test.ts';
import '../../packages/layers/src/dropout.test.ts';
import '../../packages/layers/src/fully-connected.test.ts';
import '../../packages/layers/src/grouped-conv2d.test.ts';
import '../../packages/layers/src/local-response-normalization.test.ts';
import '../../packages/layers/src/pooling.test.ts';
import '../model-files.test.ts';
import '../training-step.test.ts';
