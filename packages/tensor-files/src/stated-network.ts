/** Along height and width. */
export type Sizes = readonly [height: number, width: number];

/** Zeros around maps, or what is made of the sizes: `same` puts an odd zero behind, as TensorFlow does, `same-lower` in front. */
export type StatedPadding = 'same' | 'same-lower' | 'valid' | { before: Sizes; after: Sizes };

/** The order of the axes of maps when they are flattened: `CHW` in PyTorch, `HWC` in TensorFlow. */
export type FlattenOrder = 'CHW' | 'HWC' | 'other';

/** What a layer computes, as far as its tensors alone do not determine it. */
export type StatedOperation =
  | {
      kind: 'conv';
      /** These three are left out where the file does not say them. */
      stride?: Sizes;
      padding?: StatedPadding;
      dilation?: Sizes;
      /** Whether it adds a bias. Left out where the file does not say so. */
      bias?: boolean;
    }
  | {
      kind: 'dense';
      bias?: boolean;
      /** Whether the weight lies as `[in, out]`. Left out where that follows from the format. */
      transposed?: boolean;
      /** Factors of the products and of the bias. Default: 1. */
      alpha?: number;
      beta?: number;
    }
  | {
      kind: 'batchNorm';
      epsilon: number;
      /** Share of the old statistics that stays, as TensorFlow counts it, where the file says it. */
      momentum?: number;
      scale: boolean;
      center: boolean;
      /** Whether it normalises channels. */
      ofChannels: boolean;
    }
  | {
      /** `alpha` multiplies the mean of the squares, as in Caffe and ONNX. */
      kind: 'lrn';
      size: number;
      alpha: number;
      beta: number;
      k: number;
      region: 'across-channels' | 'within-channel';
    }
  | {
      kind: 'maxPool' | 'avgPool';
      size: Sizes;
      stride: Sizes;
      padding: StatedPadding;
      /** Default: 1. */
      dilation?: Sizes;
      ceil: boolean;
    }
  | { kind: 'globalPool'; of: 'max' | 'average' }
  | { kind: 'flatten'; order: FlattenOrder }
  | {
      /** `relu`, `tanh`, `sigmoid`, ... */
      kind: 'activation';
      function: string;
    }
  | {
      /** Of pictures by statistics of its own, or a rescaling that is not of pictures. */
      kind: 'normalization';
    }
  | {
      /** What leaves open what lies between its neighbours: a layer without its parameters, rounding to whole numbers. */
      kind: 'unsaid';
    }
  | {
      /** What computes something that is not understood. */
      kind: 'other';
    };

/** A layer of the network that a file's tensors belong to. */
export type StatedLayer = StatedOperation & {
  /** Name in the file. */
  name: string;
  /** What the file calls it: `Convolution`, `Conv2D`, `Gemm`. */
  type: string;
  /** Names of its tensors in the file, by what they are there. */
  tensors?: Readonly<Partial<Record<'weight' | 'bias' | 'running_mean' | 'running_var', string>>>;
};

/** The preprocessing of pictures that a file describes: `(pixel − mean) · scale`, pixels from 0 to 255. */
export interface StatedPictures {
  channels?: 'rgb' | 'bgr';
  /** A number a channel. */
  mean?: readonly number[];
  /** One number, or one a channel. */
  scale?: number | readonly number[];
  /** Height and width to which pictures are brought within the network. */
  size?: Sizes;
}

/** The computation that a file describes for its tensors, in order. */
export interface StatedNetwork {
  layers: readonly StatedLayer[];
  pictures?: StatedPictures;
  /** Names of tensors that say how it computes, and are no weights: statistics of pictures, the shape of a Reshape. */
  parameters?: readonly string[];
  /** Why its layers are not read though the file has them, or that it has none: what the file is, and what to do. Sentences without a full stop. */
  unread?: { what: string; advice: string };
}
