/** A kind of file that is not a tensor file, and what to do with it. */
export interface ForeignKind {
  /** Its first bytes as text, one character per byte. Left out if they identify nothing. */
  begins?: RegExp | readonly string[];
  /** What these bytes must not contain: PyTorch's magic number. */
  holdsNot?: string;
  /** Name of the file, in small letters. Default: any. */
  named?: RegExp;
  what(text: string): string;
  advice: string;
}

const sizeIn = (text: string): string => {
  const size = /\nsize (\d{1,16})\n/.exec(text)?.[1];
  return size === undefined ? '' : ` for a file of ${size} bytes`;
};
const elementIn = (text: string, name: string): string | undefined =>
  new RegExp(`<${name}>\\s*([^<]{1,120}?)\\s*</${name}>`, 'i').exec(text)?.[1];
const titleIn = (text: string): string => {
  const title = elementIn(text, 'title');
  return title === undefined ? '' : ` (${JSON.stringify(title)})`;
};
/** The first name of a tar archive, unless it is only that of a header. */
const nameIn = (text: string): string => {
  const name = text.slice(0, text.indexOf('\0'));
  return name.includes('PaxHeader') ? '' : ` of ${name}`;
};
const of = (what: string) => () => what;

const toOnnx = 'Export it to ONNX where it was made, or save its weights as .npz or .safetensors';

/** Kinds that are identified by their first bytes, the most reliable first. */
const byBytes: readonly ForeignKind[] = [
  {
    begins: /^version https:\/\/git-lfs/,
    what: (text) => `is a pointer of Git LFS${sizeIn(text)}, not the file itself`,
    advice: 'Run "git lfs pull" in its repository, or download the file from its page',
  },
  {
    begins: /^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?<error\b/i,
    what: (text) => {
      const parts = [elementIn(text, 'code'), elementIn(text, 'message')].filter((part) => part !== undefined);
      return `is an error of a server${parts.length > 0 ? `: ${parts.join(', ')}` : ''}`;
    },
    advice: 'Check the address, and whether it needs a login or has expired',
  },
  {
    named: /\.distcp$/,
    what: of('is a part of a distributed checkpoint of PyTorch'),
    advice:
      'Make one file of its folder: python -m torch.distributed.checkpoint.format_utils dcp_to_torch FOLDER model.pth',
  },
  {
    begins: /^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?<net\b/i,
    what: of('describes a network for OpenVINO, whose weights lie in the .bin beside it'),
    advice: 'Give the file that it was converted from',
  },
  {
    begins: /^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype|html|head|body|!--)/i,
    what: (text) => `is a web page${titleIn(text)}, not a file of weights`,
    advice: 'Open its address in a browser: it may ask for a login, or that a large download be confirmed',
  },
  { begins: /^(?:\xef\xbb\xbf)?\s*<\?xml/i, what: of('is XML, not a file of weights'), advice: 'Check its address' },
  {
    begins: /^\{\s*"(?:error|message|detail)"/i,
    what: (text) => `is an error of a server: ${text.slice(0, 120).replace(/\s+/g, ' ')}`,
    advice: 'Check the address, and whether it needs a login',
  },
  {
    begins: /^(?:\.\/)?(?:sys_info|pickle|tensors|storages)\0.{156,256}ustar/s,
    what: of("is in PyTorch's format before 0.1.10 (2017), a tar archive of its own"),
    advice: 'Load it in PyTorch by torch.load(FILE, weights_only=False), if you trust it, and save it by torch.save',
  },
  {
    begins: /^[^\0]{1,100}\0.{156,256}ustar/s,
    what: (text) => `is a tar archive${nameIn(text)}`,
    advice: 'Unpack it ("tar xf"), and give the file in it',
  },
  {
    begins: ['\x1f\x8b'],
    what: of('is packed by gzip'),
    advice: 'Unpack it ("gunzip" or "tar xzf"), and give what is in it',
  },
  {
    begins: ['7z\xbc\xaf', 'Rar!', '\xfd7zXZ', 'BZh9', '\x28\xb5\x2f\xfd'],
    what: of('is a packed archive'),
    advice: 'Unpack it, and give what is in it',
  },
  {
    begins: /^(?:\x89PNG|\xff\xd8\xff|GIF8|%PDF|RIFF)/,
    what: of('is a picture or document'),
    advice: 'Give a file of weights',
  },
  {
    begins: /^.{4}TFL3/s,
    what: of('is a model of TensorFlow Lite'),
    advice: 'Give the model that it was converted from, as .h5, .keras or .onnx',
  },
  {
    begins: /^GGUF/,
    what: of('is a file of GGUF, for llama.cpp'),
    advice: 'Give the weights that it was made of, as .safetensors or .pth',
  },
  {
    begins: /^MATLAB 7\.3 MAT-file/,
    what: of('is a file of MATLAB 7.3'),
    advice: 'Write its arrays as .npz: h5py reads it in Python',
  },
  {
    begins: /^MATLAB 5\.0 MAT-file/,
    what: of('is a file of MATLAB 5'),
    advice: 'Write its arrays as .npz: scipy.io.loadmat reads it in Python',
  },
  {
    begins: ['\x04\0\0\0\x01\0\0\0\x03\0\0\0V 1', '\x03\0\0\0\x01\0\0\0'],
    what: of('is a file of Lua Torch (.t7)'),
    advice: 'Read it in Python by the package torchfile, and save its arrays by torch.save or numpy.savez',
  },
  // A version, and the first of its graphs where ONNX has the name of a program.
  {
    begins: ['\x08\x01\x12'],
    named: /\.pb$/,
    what: of('is the graph of a SavedModel of TensorFlow'),
    advice: 'In TensorFlow, save the model as .h5 or .keras, or convert it by tensorflowjs_converter or tf2onnx',
  },
  { begins: ['\x12\x01\0\0\0\0\0\0'], what: of('is a file of MXNet'), advice: toOnnx },
  {
    begins: /^\s*(?:#[^\n]*\n\s*)*(?:name\s*:\s*"|layers?\s*\{|input\s*:\s*")/,
    what: of('describes a network for Caffe, without its weights'),
    advice: 'Give the .caffemodel that belongs to it',
  },
  { begins: /^7767517\s/, what: of('is a description of a network for ncnn'), advice: toOnnx },
  {
    begins: /^(?:ptrt|ftrt)/,
    what: of('is an engine of TensorRT, made for one kind of card'),
    advice: 'Give the file that it was made of',
  },
];

/** The last kinds to try: identified by the name alone, or by first bytes that PyTorch's files share. */
const last: readonly ForeignKind[] = [
  {
    named: /\.pb$/,
    what: of('is a graph of TensorFlow'),
    advice: 'In TensorFlow, save the model as .h5 or .keras, or convert it by tf2onnx',
  },
  {
    named: /\.(?:index|meta)$|\.data-\d{5}-of-\d{5}$/,
    what: of('is a part of a checkpoint of TensorFlow'),
    advice:
      'In TensorFlow, load the checkpoint and save the model as .h5 or .keras, or its variables by numpy.savez (tf.train.load_checkpoint)',
  },
  { named: /\.(?:mlmodel|mlpackage)$/, what: of('is a model of Core ML'), advice: 'Give what it was converted from' },
  {
    named: /\.pd(?:params|iparams|model|opt)$/,
    what: of('is a file of PaddlePaddle'),
    advice: 'Load it by paddle.load in Python, and save its arrays by numpy.savez',
  },
  {
    named: /\.msgpack$/,
    what: of('is a file of Flax (MessagePack)'),
    advice: 'Save its arrays as .safetensors (safetensors.flax) or by numpy.savez',
  },
  {
    named: /\.solverstate$/,
    what: of('is the state of a solver of Caffe: momentum, without the weights'),
    advice:
      'Give the .caffemodel that was written with it (snapshot_iter_N.caffemodel beside snapshot_iter_N.solverstate)',
  },
  {
    named: /\.prototxt$/,
    what: of('is a text of Caffe (a network or a solver), without weights'),
    advice: 'Give the .caffemodel that belongs to it',
  },
  { named: /\.weights$/, what: of('is a file of Darknet'), advice: toOnnx },
  {
    named: /\.(?:engine|plan|trt)$/,
    what: of('is an engine of TensorRT'),
    advice: 'Give the file that it was made of',
  },
  {
    begins: ['\x80\x02', '\x80\x03', '\x80\x04', '\x80\x05'],
    holdsNot: '\x8a\x0al\xfc\x9c\x46\xf9\x20',
    what: of('is a pickle of Python, as pickle.dump writes it, and not a file of torch.save'),
    advice: 'Save the state dict by torch.save, or the arrays by numpy.savez',
  },
];

export const foreignKinds: readonly ForeignKind[] = [...byBytes, ...last];
