import type { Preprocessing, PublishedWeights } from '@zoo/spec';
import { imagenetClasses } from './imagenet-classes.ts';
import type { AlexNetPreset } from './presets.ts';

/** Caffe's pictures: blue, green, red from 0 to 255, less the mean colour of ImageNet. */
const caffePictures: Preprocessing = {
  resizeShorterSide: 256,
  range: 255,
  mean: [104, 117, 123],
  std: [1, 1, 1],
  channels: 'bgr',
};

/** Weights with what their owner publishes beside their address. */
type With<Field extends 'bytes' | 'sha256' | 'sha1'> = PublishedWeights &
  Required<Pick<PublishedWeights, Field>> & { readonly preset: AlexNetPreset };

/** Published weights of these networks, by name. */
export const knownWeights: {
  readonly torchvision: With<'bytes' | 'sha256'>;
  readonly 'bvlc-alexnet': With<'sha1'>;
  readonly 'bvlc-caffenet': With<'sha1'>;
} = {
  torchvision: {
    title: "torchvision's alexnet, IMAGENET1K_V1",
    url: 'https://download.pytorch.org/models/alexnet-owt-7be5be79.pth',
    bytes: 244_408_911,
    sha256: '7be5be791159472b1fbf3c69796f7cb30dca7ad8466c2df70058c37116cdee02',
    licence: 'BSD-3-Clause (torchvision); trained on ImageNet, whose terms are for research',
    preset: 'torchvision',
    options: {},
    labels: imagenetClasses,
    preprocessing: {
      resizeShorterSide: 256,
      range: 1,
      mean: [0.485, 0.456, 0.406],
      std: [0.229, 0.224, 0.225],
      channels: 'rgb',
    },
    accuracy: { top1: 0.56522, top5: 0.79066 },
    source: 'torchvision/models/alexnet.py, AlexNet_Weights.IMAGENET1K_V1',
  },
  'bvlc-alexnet': {
    title: "BVLC's AlexNet",
    url: 'http://dl.caffe.berkeleyvision.org/bvlc_alexnet.caffemodel',
    sha1: '9116a64c0fbe4459d18f4bb6b56d647b63920377',
    licence: 'unrestricted use',
    preset: 'paper',
    // models/bvlc_alexnet/deploy.prototxt: Caffe's alpha stands on the mean of the squares, and its k is 1.
    options: { lrn: { alpha: 1e-4, k: 1, convention: 'caffe' } },
    labels: imagenetClasses,
    preprocessing: caffePictures,
    accuracy: { top1: 0.571, top5: 0.802 },
    source: 'Caffe, models/bvlc_alexnet/readme.md',
  },
  'bvlc-caffenet': {
    title: "BVLC's reference CaffeNet",
    url: 'http://dl.caffe.berkeleyvision.org/bvlc_reference_caffenet.caffemodel',
    sha1: '4c8d77deb20ea792f84eb5e6d0a11ca0a8660a46',
    licence: 'unrestricted use',
    preset: 'caffenet',
    options: {},
    labels: imagenetClasses,
    preprocessing: caffePictures,
    accuracy: { top1: 0.574, top5: 0.804 },
    source: 'Caffe, models/bvlc_reference_caffenet/readme.md',
  },
};
