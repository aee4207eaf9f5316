/** A file of fixtures/, and what becomes of it. Plain data: the tests run over it, and the documentation shows it. */
export interface Checkpoint {
  /** Who wrote it. */
  tool: string;
  /** What is in it, in a few words. */
  holds: string;
  file: string;
  /** The network that it is loaded into: see small-spec.ts. Default: `plain`. */
  into?: 'plain' | 'lrn' | 'norm';
  /** What is done on the way, beside turning axes. Default: nothing. */
  applied?: string;
  /** A step of the report that shows that it was done. */
  step?: string;
  /** A note of the report. */
  note?: string;
  /** Why it is refused, and words of the message. Left out where it opens. */
  refused?: { because: string; message: string };
}

const torch = 'PyTorch 2.15';
const safetensors = 'safetensors 0.8';
const onnx = 'ONNX 1.23';
const onnxruntime = 'onnxruntime 1.32';
const keras = 'Keras 3.15';
const caffe = 'Caffe';

/** Checkpoints of tools, those that open and those that do not. */
export const checkpoints: readonly Checkpoint[] = [
  { tool: torch, holds: 'a state dict', file: 'state-dict.pth' },
  {
    tool: torch,
    holds: 'a training checkpoint of DataParallel, a tensor beside its state dict',
    file: 'checkpoint.pth',
    applied: 'the state dict is found, module. left out',
  },
  { tool: 'PyTorch before 1.6', holds: 'a state dict in the old form', file: 'legacy.pth' },
  { tool: torch, holds: 'float16', file: 'half.pth' },
  {
    tool: torch,
    holds: 'torch.nn.utils.weight_norm',
    file: 'weight-norm.pth',
    applied: 'g · v / |v|',
    step: 'weight norm',
  },
  {
    tool: 'PyTorch since 2.0',
    holds: 'parametrizations.weight_norm',
    file: 'weight-norm-2.pth',
    applied: 'g · v / |v|',
    step: 'weight norm',
  },
  {
    tool: torch,
    holds: 'torch.nn.utils.weight_norm along the inputs (dim=1)',
    file: 'weight-norm-inputs.pth',
    applied: 'g · v / |v|',
    step: 'weight norm',
  },
  {
    tool: 'PyTorch since 2.0',
    holds: 'parametrizations.weight_norm along the inputs (dim=1)',
    file: 'weight-norm-inputs-2.pth',
    applied: 'g · v / |v|',
    step: 'weight norm',
  },
  {
    tool: torch,
    holds: 'torch.nn.utils.weight_norm with one magnitude (dim=None)',
    file: 'weight-norm-whole.pth',
    applied: 'g · v / |v|',
    step: 'weight norm',
  },
  {
    tool: 'PyTorch since 2.0',
    holds: 'parametrizations.weight_norm with one magnitude (dim=None)',
    file: 'weight-norm-whole-2.pth',
    applied: 'g · v / |v|',
    step: 'weight norm',
  },
  {
    tool: torch,
    holds: 'torch.nn.utils.spectral_norm',
    file: 'spectral-norm.pth',
    applied: 'W / (u · W v)',
    step: 'spectral norm',
  },
  {
    tool: 'PyTorch since 1.9',
    holds: 'parametrizations.spectral_norm',
    file: 'spectral-norm-2.pth',
    applied: 'W / (u · W v)',
    step: 'spectral norm',
  },
  {
    tool: torch,
    holds: 'torch.nn.utils.spectral_norm along the inputs (dim=1)',
    file: 'spectral-norm-inputs.pth',
    applied: 'W / (u · W v), the axis by its vectors',
    step: 'spectral norm',
  },
  {
    tool: 'PyTorch since 1.9',
    holds: 'parametrizations.spectral_norm along the inputs (dim=1)',
    file: 'spectral-norm-inputs-2.pth',
    applied: 'W / (u · W v), the axis by its vectors',
    step: 'spectral norm',
  },
  {
    tool: torch,
    holds: 'torch.nn.utils.prune',
    file: 'pruned.pth',
    applied: 'weight times mask',
    step: 'pruned',
  },
  {
    tool: 'NNI',
    holds: 'masks beside weights (weight_mask)',
    file: 'mask.pth',
    applied: 'weight times mask',
    step: 'pruned',
  },
  {
    tool: 'loralib 0.1',
    holds: 'low-rank updates (lora_A, lora_B), and lora_alpha',
    file: 'loralib.pth',
    applied: 'W + alpha / rank · B A',
    step: 'low-rank update',
  },
  {
    tool: 'kohya, diffusers',
    holds: 'low-rank updates (lora_down, lora_up, alpha) beside their weights',
    file: 'lora-down-up.safetensors',
    applied: 'W + alpha / rank · B A',
    step: 'low-rank update',
  },
  {
    tool: 'loralib 0.1',
    holds: 'low-rank updates without lora_alpha',
    file: 'loralib-alone.pth',
    refused: {
      because: 'by how much they count is not in the file',
      message:
        'classifier.2.lora_A is a low-rank update that is not applied: alpha, by which it counts, is not in the file. Merge',
    },
  },
  {
    tool: torch,
    holds: "options and objects of the training script, NumPy's numbers, paths beside the state dict",
    file: 'training-script.pth',
    applied: 'those are passed over: no code of the file is run',
    note: 'passes over objects of argparse.Namespace, __main__.AverageMeter and numpy._core.multiarray.scalar: no code of the file is run',
  },
  {
    tool: torch,
    holds: 'a whole module',
    file: 'whole-module.pth',
    applied: 'its weights are read, its code is not run',
    note: 'holds a whole module (__main__.Net): its weights are read, its code is not run',
  },
  {
    tool: `${torch}, torch.jit.save`,
    holds: 'a module of TorchScript',
    file: 'torchscript.pt',
    applied: 'its weights are read, its code is not run',
    note: 'holds a whole module (TorchScript): its weights are read, its code is not run',
  },
  {
    tool: `${torch}, torch.jit.freeze`,
    holds: 'a frozen module of TorchScript',
    file: 'torchscript-frozen.pt',
    refused: {
      because: 'its weights have become constants of its code',
      message:
        'is a frozen module of TorchScript, whose weights have become constants of its code. Save the state_dict()',
    },
  },
  {
    tool: `${torch}, torch.export`,
    holds: 'an exported program (.pt2)',
    file: 'exported.pt2',
    refused: {
      because: 'it is a program',
      message: 'is an archive of torch.export. Save its weights alone: torch.save(torch.export.load(FILE).state_dict',
    },
  },
  {
    tool: 'timm, torchvision',
    holds: 'averaged weights (state_dict_ema) beside the state dict',
    file: 'ema.pth',
    applied: 'the state dict is taken; the average by key',
    note: "taken from state_dict; state_dict_ema would fit too: choose by key: 'state_dict_ema'",
  },
  {
    tool: torch,
    holds: 'an encoder and a head under keys of their own, an optimiser beside them',
    file: 'encoder-head.pth',
    applied: 'the parts are joined',
    note: 'joined from encoder and head, which hold parts of one network',
  },
  {
    tool: torch,
    holds: 'state dicts of features and classifier under model',
    file: 'blocks.pth',
    applied: 'the parts are joined, their keys put in front of the names',
    note: 'joined from model.features and model.classifier, which hold parts of one network',
  },
  {
    tool: torch,
    holds: 'parts under other keys than the network has, without its names',
    file: 'backbone-classifier.pth',
    applied: 'the parts are joined in the one way that names and shapes allow',
    note: 'joined from backbone and head, which hold parts of one network',
  },
  {
    tool: torch,
    holds: 'an encoder, its average, and a head',
    file: 'two-encoders.pth',
    refused: {
      because: 'either encoder could be meant',
      message:
        'encoder and head, or encoder_ema and head, would each fill the network, and the names do not tell which are meant. Save',
    },
  },
  {
    tool: torch,
    holds: 'arrays of NumPy in place of tensors',
    file: 'arrays.pth',
  },
  {
    tool: torch,
    holds: 'mean and std of its pictures, as buffers',
    file: 'normalised.pth',
    applied: 'the pictures of the model are normalised by them',
    note: 'normalises pictures within its network, by mean and std among its tensors: that is done to pictures before they come to the model',
  },
  {
    tool: 'transformers',
    holds: 'shards of PyTorch, by their index',
    file: 'pytorch_model.bin.index.json',
  },
  ...['pytorch_model-00001-of-00002.bin', 'pytorch_model-00002-of-00002.bin'].map((file, i) => ({
    tool: 'transformers',
    holds: `shard ${i + 1} of two alone`,
    file,
    refused: {
      because: 'the rest lies in other files: open their index',
      message: `is shard ${i + 1} of 2: open their index, pytorch_model.bin.index.json, which lies beside them`,
    },
  })),
  {
    tool: torch,
    holds: 'a tensor on the device meta',
    file: 'meta.pth',
    refused: {
      because: 'the file has its shape and no elements',
      message: 'classifier.0.weight: is on the device meta, so that the file has its shape and no elements',
    },
  },
  {
    tool: torch,
    holds: 'a sparse tensor',
    file: 'sparse.pth',
    refused: {
      because: 'its elements are stored in another form',
      message: 'classifier.0.weight: is a sparse tensor (torch.sparse_coo). Save its to_dense() form',
    },
  },
  {
    tool: torch,
    holds: 'another parametrisation, as orthogonal',
    file: 'orthogonal.pth',
    refused: {
      because: 'what it computes is not in the file',
      message:
        'under a parametrisation that the file does not say. Call torch.nn.utils.parametrize.remove_parametrizations()',
    },
  },
  {
    tool: torch,
    holds: 'torch.ao.quantization, static and dynamic',
    file: 'torch-ao.pth',
    applied: 'dequantised',
  },
  {
    tool: torch,
    holds: 'int8 with NAME_scale beside it',
    file: 'int8.pth',
    applied: 'dequantised',
    step: 'dequantised',
  },
  {
    tool: torch,
    holds: 'int8 with NAME_scale of shape [outputs, 1], also of filters',
    file: 'int8-flat-scales.pth',
    applied: 'dequantised',
    step: 'dequantised',
  },
  {
    tool: 'gpt-fast',
    holds: 'int8 with scales of the layer, one for each output',
    file: 'int8-layer-scales.pth',
    applied: 'dequantised',
    step: 'dequantised',
  },
  {
    tool: torch,
    holds: 'uint8 under NAME_quantized, with NAME_scale and NAME_zero_point for each output, as onnxruntime calls them',
    file: 'uint8-quantized.pth',
    applied: 'dequantised',
    step: 'dequantised',
  },
  {
    tool: torch,
    holds: 'tensors of quint8 that are quantised along the inputs',
    file: 'uint8-inputs.pth',
    applied: 'dequantised',
  },
  {
    tool: torch,
    holds: 'uint8 with scales, and zero points under another name (NAME_zeros)',
    file: 'uint8-zeros.pth',
    refused: {
      because: 'what is to be subtracted is not known by that name',
      message: 'features.0.weight_zeros belongs to a layer whose weights are taken, but test/plain has no place for it',
    },
  },
  {
    tool: torch,
    holds: 'int8 without scales',
    file: 'int8-alone.pth',
    refused: {
      because: 'integers have no meaning without their scale',
      message: 'features.0.weight holds integers (I8), and the file has no scale for them. Dequantise the weights',
    },
  },
  {
    tool: safetensors,
    holds: 'int8 with a scale for each output (compressed-tensors, torchao)',
    file: 'int8-rows.safetensors',
    applied: 'dequantised',
    step: 'dequantised',
  },
  {
    tool: safetensors,
    holds: 'uint8 with NAME.scale and NAME.zero_point for each output',
    file: 'uint8-zero-points.safetensors',
    applied: 'dequantised',
    step: 'dequantised',
  },
  {
    tool: 'optimum-quanto',
    holds: 'int8 under NAME._data and NAME._scale',
    file: 'quanto.safetensors',
    applied: 'dequantised',
    step: 'dequantised',
  },
  {
    tool: safetensors,
    holds: 'int8 of bitsandbytes (SCB)',
    file: 'bitsandbytes.safetensors',
    applied: 'dequantised',
    step: 'dequantised',
  },
  { tool: safetensors, holds: 'bfloat16', file: 'bfloat16.safetensors' },
  { tool: safetensors, holds: 'float8 (E4M3) without scales', file: 'float8.safetensors' },
  {
    tool: safetensors,
    holds: 'packed integers of GPTQ or AWQ',
    file: 'gptq.safetensors',
    refused: {
      because: 'one integer packs several values',
      message:
        'classifier.0.weight: is stored as packed integers (classifier.0.qweight), as GPTQ and AWQ keep it. Dequantise',
    },
  },
  {
    tool: safetensors,
    holds: '4-bit values of bitsandbytes (NF4, FP4)',
    file: 'nf4.safetensors',
    refused: {
      because: 'one byte packs two values',
      message: 'classifier.0.weight: is stored as 4-bit values of bitsandbytes. Dequantise',
    },
  },
  {
    tool: 'PyTorch before 1.6',
    holds: 'a whole module, with the source of its classes',
    file: 'whole-module-legacy.pth',
    applied: 'its weights are read, its code is not run',
    note: 'holds a whole module (torch.nn.parallel.data_parallel.DataParallel): its weights are read, its code is not run',
  },
  {
    tool: 'PyTorch/XLA',
    holds: 'tensors of a TPU',
    file: 'xla.pth',
  },
  {
    tool: `${torch}, FSDP2`,
    holds: 'DTensors, of one rank that has all of them',
    file: 'dtensor.pth',
  },
  {
    tool: `${torch}, FSDP2`,
    holds: 'DTensors, the parts of one of several ranks',
    file: 'dtensor-half.pth',
    refused: {
      because: 'the other parts are in other files',
      message:
        'features.0.weight: is a DTensor of [4, 3, 3, 3], of which this file has the part of one rank, [2, 3, 3, 3]. Save the full_tensor()',
    },
  },
  ...['qat.pth', 'qat-whole.pth'].map((file, place) => ({
    tool: `${torch}, torch.ao.quantization`,
    holds: `quantisation-aware training, a scale for ${place === 0 ? 'each output' : 'each weight'}`,
    file,
    applied: 'weights are rounded by their scales; outputs of layers, which it rounds too, are not',
    step: 'rounded as in training',
    note: 'computed with outputs of layers that features.0.activation_post_process and others round, and with rounded weights: here the weights are rounded, and outputs are not, so that the results differ a little',
  })),
  {
    tool: torch,
    holds: 'a convolution without bias in front of batch normalisation',
    file: 'norm-no-bias.pth',
    into: 'norm',
    applied: 'a bias of zeros',
    step: 'left out',
  },
  {
    tool: torch,
    holds: 'batch normalisation without factors (affine=False)',
    file: 'norm-plain.pth',
    into: 'norm',
    applied: 'factors of ones, biases of zeros',
    step: 'left out',
  },
  {
    tool: torch,
    holds: 'weights of an equalised learning rate (weight_orig)',
    file: 'equal-lr.pth',
    refused: {
      because: 'the layer computes its weight from them, and how is not in the file',
      message: 'features.0.weight: is stored as features.0.weight_orig, from which its layer computes it',
    },
  },
  {
    tool: torch,
    holds: 'a scale beside the weights of a layer',
    file: 'scaled-head.pth',
    refused: {
      because: 'the layer computes otherwise',
      message: 'classifier.2.scale belongs to a layer whose weights are taken, but test/plain has no place for it',
    },
  },
  {
    tool: torch,
    holds: 'a block between the layers of the network',
    file: 'block-between.pth',
    refused: {
      because: 'the network computes otherwise',
      message: 'features.se1.fc.weight is of a layer within the network that test/plain does not have',
    },
  },
  {
    tool: 'MoCo',
    holds: 'two networks behind prefixes (encoder_q, encoder_k)',
    file: 'two-prefixes.pth',
    refused: {
      because: 'which one is meant, the file does not say: choose by key',
      message: "Choose by key: 'module.encoder_q' or key: 'module.encoder_k'",
    },
  },
  { tool: 'NumPy 2.4', holds: 'an archive of arrays', file: 'weights.npz' },
  {
    tool: 'NumPy 2.4, ml_dtypes (JAX, Keras)',
    holds: 'bfloat16, for which NumPy has no name',
    file: 'bfloat16.npz',
    applied: 'bytes of V2 are read as bfloat16',
    note: 'holds elements of two bytes without a type (V2), as bfloat16 of ml_dtypes is saved: they are read as bfloat16',
  },
  {
    tool: 'NumPy 2.4',
    holds: "a dictionary of lists under Caffe's names, as bvlc_alexnet.npy",
    file: 'caffe-names.npy',
  },
  { tool: `${torch}, TorchScript exporter`, holds: 'a graph', file: 'torchscript.onnx' },
  {
    tool: onnx,
    holds: 'MatMul, Gemm with transB 0, alpha and beta',
    file: 'matmul.onnx',
    applied: 'weights turned as the graph multiplies by them, times alpha and beta',
    step: 'transposed',
  },
  {
    tool: onnx,
    holds: 'maps turned to H, W, C before they are flattened, as converters from TensorFlow leave them',
    file: 'nhwc.onnx',
    applied: 'rows of the first dense layer turned',
    step: 'HWC to CHW',
  },
  {
    tool: 'tf2onnx',
    holds: 'biases in additions of their own, [1, C, 1, 1] or reshaped, under names of TensorFlow',
    file: 'bias-add.onnx',
    applied: 'they are the biases of the layers in front of them; order and shapes tell which',
    step: 'transposed',
  },
  {
    tool: onnx,
    holds: 'a bias added where channels are last',
    file: 'bias-last.onnx',
    applied: 'it is the bias of the convolution in front of it',
  },
  { tool: onnx, holds: 'auto_pad SAME_LOWER that comes to the same windows', file: 'same-lower.onnx' },
  {
    tool: onnx,
    holds: 'a sigmoid at the end, for classes that do not exclude each other',
    file: 'sigmoid-end.onnx',
    applied: 'the model gives the logits in front of it; a note says so',
    note: 'ends in a sigmoid (shares (Sigmoid)): each of its classes is a question of its own, and may be right beside others. The model gives the logits in front of it: shares by softmax are not what the file computes, 1 / (1 + exp(-logit)) is',
  },
  {
    tool: onnx,
    holds: 'a ReLU behind the logits',
    file: 'relu-end.onnx',
    refused: {
      because: 'its outputs are others',
      message:
        'behind Gemm the file has most (Relu), but test/plain ends with its logits, so that its outputs would be',
    },
  },
  {
    tool: onnx,
    holds: 'one more layer behind the network',
    file: 'more-layers.onnx',
    refused: {
      because: 'its outputs are others',
      message: 'behind Gemm the file has last (Gemm), but test/plain ends with its logits',
    },
  },
  {
    tool: onnxruntime,
    holds: 'static quantisation, QDQ',
    file: 'qdq.onnx',
    applied: 'dequantised',
  },
  {
    tool: onnxruntime,
    holds: 'static quantisation, QLinearConv and QGemm',
    file: 'qoperator.onnx',
    applied: 'dequantised',
  },
  {
    tool: onnxruntime,
    holds: 'dynamic quantisation, ConvInteger and MatMulInteger',
    file: 'dynamic.onnx',
    applied: 'dequantised',
    step: 'transposed',
  },
  {
    tool: onnx,
    holds: 'other padding than the network',
    file: 'strides.onnx',
    refused: {
      because: 'the graph computes otherwise',
      message:
        'has windows 3 wide, stride 1, 0 zeros before, 2 places, but features.3 of test/plain has windows 3 wide',
    },
  },
  {
    tool: onnx,
    holds: 'another activation than the network',
    file: 'sigmoid.onnx',
    refused: {
      because: 'the graph computes otherwise',
      message: 'the file has sigmoid, maxPool, but test/plain has relu, maxPool',
    },
  },
  { tool: `${keras}, .keras`, holds: 'a Sequential', file: 'small.keras' },
  { tool: `${keras}, .keras`, holds: 'a functional model', file: 'functional.keras' },
  { tool: `${keras}, .h5`, holds: 'a whole model', file: 'small.h5' },
  { tool: `${keras}, .weights.h5`, holds: 'weights alone', file: 'small.weights.h5' },
  {
    tool: `${keras}, .keras`,
    holds: 'channels_first with a Flatten of channels_last',
    file: 'channels-first.keras',
    applied: 'rows of the first dense layer stay over C, H, W',
    step: 'IO to OI',
  },
  {
    tool: `${keras}, .h5`,
    holds: 'channels_first with a Flatten of channels_last',
    file: 'channels-first.h5',
    applied: 'rows of the first dense layer stay over C, H, W',
    step: 'IO to OI',
  },
  {
    tool: `${keras}, .keras`,
    holds: 'channels_first, Flatten too',
    file: 'channels-first-flatten.keras',
    applied: 'rows of the first dense layer turned',
    step: 'HWC to CHW',
  },
  {
    tool: `${keras}, .keras`,
    holds: 'batch normalisation',
    file: 'norm.keras',
    into: 'norm',
    applied: 'its epsilon',
  },
  {
    tool: `${keras}, .keras`,
    holds: 'batch normalisation without scale',
    file: 'norm-scale.keras',
    into: 'norm',
    applied: 'its epsilon; a scale of ones',
    step: 'left out',
  },
  {
    tool: `${keras}, .keras`,
    holds: 'batch normalisation without center',
    file: 'norm-center.keras',
    into: 'norm',
    applied: 'its epsilon; a centre of zeros',
    step: 'left out',
  },
  {
    tool: `${keras}, .h5`,
    holds: 'batch normalisation without scale and center',
    file: 'norm-neither.h5',
    into: 'norm',
    applied: 'its epsilon; ones and zeros',
    step: 'left out',
  },
  {
    tool: `${keras}, .keras`,
    holds: 'a convolution without bias',
    file: 'no-bias.keras',
    applied: 'a bias of zeros',
    step: 'left out',
  },
  {
    tool: `${keras}, .keras`,
    holds: 'another activation than the network',
    file: 'tanh.keras',
    refused: {
      because: 'the configuration computes otherwise',
      message: 'the file has tanh, maxPool, but test/plain has relu, maxPool',
    },
  },
  {
    tool: `${keras}, .keras`,
    holds: 'batch normalisation that the network has not',
    file: 'norm.keras',
    refused: {
      because: 'the configuration computes otherwise',
      message: 'the file has batchNorm, relu, maxPool, but test/plain has relu, maxPool',
    },
  },
  {
    tool: `${keras}, .keras`,
    holds: 'a sigmoid at the end, for classes that do not exclude each other',
    file: 'sigmoid-end.keras',
    applied: 'the model gives the logits in front of it; a note says so',
    note: 'ends in a sigmoid (dense_1 (Dense)): each of its classes is a question of its own, and may be right beside others. The model gives the logits in front of it: shares by softmax are not what the file computes, 1 / (1 + exp(-logit)) is',
  },
  {
    tool: 'h5py 3.16',
    holds: "Keras's model, its tensors links to another file",
    file: 'elsewhere.h5',
    refused: {
      because: 'its numbers are in the other file',
      message: 'has "bias" in another file, "small.h5". Write all into one file',
    },
  },
  {
    tool: 'h5py 3.16',
    holds: "Keras's model, its tensors packed by LZF",
    file: 'lzf.h5',
    refused: { because: 'LZF is a filter of h5py alone: gzip is read', message: "is packed by HDF5's filter LZF" },
  },
  ...['normalised.keras', 'normalised.h5'].map((file) => ({
    tool: `${keras}, ${file.replace('normalised', '')}`,
    holds: 'Normalization in front, adapted to pictures',
    file,
    applied: 'the pictures of the model are normalised by it',
  })),
  {
    tool: `${keras}, .keras`,
    holds: 'RandomFlip and Resizing in front',
    file: 'resized.keras',
    applied: 'nothing: pictures have their size before they come to the model; a note says so',
    note: 'brings pictures to 8 x 8 within its network: that is done to pictures before they come to the model',
  },
  {
    tool: `${keras}, .keras`,
    holds: 'CenterCrop in front, scaled up afterwards',
    file: 'crop.keras',
    refused: {
      because: 'it sees a part of its pictures',
      message: 'the file has center_crop (CenterCrop), which is not understood',
    },
  },
  {
    tool: 'TensorFlow.js',
    holds: 'a graph model',
    file: 'graph-model.json',
    refused: {
      because: 'its computation lies there in operators, not in layers',
      message:
        'is a graph model of TensorFlow.js, which says its computation as operators of TensorFlow and not as layers. Convert',
    },
  },
  {
    tool: 'PyTorch before 0.1.10',
    holds: 'a tar archive of its own',
    file: 'before-0.1.10.pth.tar',
    refused: {
      because: 'a form of 2017; PyTorch itself still reads it',
      message: "is in PyTorch's format before 0.1.10 (2017), a tar archive of its own. Load it in PyTorch",
    },
  },
  {
    tool: caffe,
    holds: 'the state of a solver',
    file: 'small.solverstate',
    refused: {
      because: 'the weights lie in the .caffemodel beside it',
      message: 'is the state of a solver of Caffe: momentum, without the weights. Give the .caffemodel',
    },
  },
  {
    tool: caffe,
    holds: 'the description of a network',
    file: 'deploy.prototxt',
    refused: {
      because: 'it has no weights',
      message: 'describes a network for Caffe, without its weights. Give the .caffemodel',
    },
  },
  {
    tool: caffe,
    holds: 'a mean image',
    file: 'mean.binaryproto',
    refused: {
      because: 'it is subtracted from pictures',
      message: "is a mean image of Caffe, which is subtracted from pictures, and no network's weights",
    },
  },
  {
    tool: `${caffe}, layers of V1`,
    holds: 'LRN of its own',
    file: 'v1.caffemodel',
    into: 'lrn',
    applied: 'its LRN',
  },
  {
    tool: `${caffe}, layers of V2`,
    holds: 'LRN of its own',
    file: 'v2.caffemodel',
    into: 'lrn',
    applied: 'its LRN',
  },
  {
    tool: `${caffe}, layers of V2`,
    holds: 'no LRN where the network has one',
    file: 'plain.caffemodel',
    into: 'lrn',
    applied: 'the LRN lets its input through',
  },
  {
    tool: `${caffe}, layers of V2`,
    holds: 'LRN that the network has not',
    file: 'v2.caffemodel',
    refused: {
      because: 'the layers compute otherwise',
      message: 'before conv2 (Convolution) the file has relu, lrn, maxPool, but test/plain has relu, maxPool',
    },
  },
  {
    tool: `${caffe}, layers of V2`,
    holds: 'pooling before LRN, the network behind it',
    file: 'pool-first.caffemodel',
    into: 'lrn',
    refused: {
      because: 'the layers compute otherwise',
      message: 'the file has relu, maxPool, lrn, but test/lrn has relu, lrn, maxPool',
    },
  },
];
