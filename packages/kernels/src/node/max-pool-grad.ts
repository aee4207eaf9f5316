import { poolInfo, shape4D } from '../wasm/conv-attributes.ts';
import { input, type KernelOver } from '../wasm/run-kernel.ts';
import { execute, integers, numbers, tensorflowBackend, text } from './tensorflow-backend.ts';

/**
 * `MaxPoolGrad`: each window's gradient goes to the first pixel that holds its maximum. TensorFlow's own op first looks for
 * these pixels, and notes them as 64-bit numbers. Asked to note 32-bit ones it is 2.5 times faster, and making of them the
 * 64-bit ones that the second half insists on takes little: 33 ms against 78 for AlexNet's three pools at batch 32.
 */
export const maxPoolGrad: KernelOver = (stock) => (params) => {
  const [dy, x] = [input(params.inputs, 'dy'), input(params.inputs, 'input')];
  const info = poolInfo(shape4D(x.shape), params.attrs ?? {});
  const padding = info.padInfo.type;
  if (padding !== 'VALID' && padding !== 'SAME') {
    if (!stock) throw new Error('tfjs-node has a kernel MaxPoolGrad');
    return stock(params);
  }
  const backend = tensorflowBackend(params.backend);
  const { binding } = backend;
  const windows = [
    numbers(backend),
    integers(backend, 'ksize', [1, info.filterHeight, info.filterWidth, 1]),
    integers(backend, 'strides', [1, info.strideHeight, info.strideWidth, 1]),
    text(backend, 'padding', padding),
  ];
  const [xId = -1, dyId = -1] = backend.getInputTensorIds([x, dy]);
  const found = binding.executeOp('MaxPoolWithArgmax', [...windows, numbers(backend, 'Targmax', 'TF_INT32')], [xId], 2);
  const held = found.map(({ id }) => id);
  try {
    const places = execute(
      backend,
      'Cast',
      [numbers(backend, 'SrcT', 'TF_INT32'), numbers(backend, 'DstT', 'TF_INT64')],
      held.slice(1),
    );
    held.push(places.id);
    const attributes = [...windows, numbers(backend, 'Targmax', 'TF_INT64')];
    return backend.createOutputTensor(execute(backend, 'MaxPoolGradWithArgmax', attributes, [xId, dyId, places.id]));
  } finally {
    for (const id of held) binding.deleteTensor(id);
  }
};
