import { poolInfo, shape4D } from '../kernel-call/conv-attributes.ts';
import { input } from '../kernel-call/input.ts';
import type { KernelOver } from '../kernel-call/register.ts';
import { elementType, execute, inputId, integers, tensorflowBackend, text } from './tensorflow-backend.ts';

/**
 * `MaxPoolGrad`: each window's gradient goes to the first pixel that holds its maximum. TensorFlow's own op first looks for
 * these pixels, and notes them as 64-bit numbers. Asked to note 32-bit ones it is 2.5 times faster, and making of them the
 * 64-bit ones that the second half insists on takes little: 33 ms against 78 for AlexNet's three pools at batch 32.
 */
export const maxPoolGrad: KernelOver = (stock) => (params) => {
  const [dy, x] = [input(params.inputs, 'dy'), input(params.inputs, 'input')];
  const info = poolInfo(shape4D(x.shape), params.attrs ?? {});
  const padding = info.padInfo.type;
  if (padding !== 'VALID' && padding !== 'SAME') return stock(params);
  const backend = tensorflowBackend(params.backend);
  const { binding } = backend;
  const windows = [
    elementType(backend),
    integers(backend, 'ksize', [1, info.filterHeight, info.filterWidth, 1]),
    integers(backend, 'strides', [1, info.strideHeight, info.strideWidth, 1]),
    text(backend, 'padding', padding),
  ];
  const [xId, dyId] = [inputId(backend, x), inputId(backend, dy)];
  const found = binding.executeOp(
    'MaxPoolWithArgmax',
    [...windows, elementType(backend, 'Targmax', 'TF_INT32')],
    [xId],
    2,
  );
  const held = found.map(({ id }) => id);
  try {
    const maxima = execute(
      backend,
      'Cast',
      [elementType(backend, 'SrcT', 'TF_INT32'), elementType(backend, 'DstT', 'TF_INT64')],
      held.slice(1),
    );
    held.push(maxima.id);
    const attributes = [...windows, elementType(backend, 'Targmax', 'TF_INT64')];
    return backend.createOutputTensor(execute(backend, 'MaxPoolGradWithArgmax', attributes, [xId, dyId, maxima.id]));
  } finally {
    for (const id of held) binding.deleteTensor(id);
  }
};
