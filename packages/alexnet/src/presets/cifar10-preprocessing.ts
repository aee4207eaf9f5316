import type { Preprocessing } from '@zoo/spec';

/** Raw pixels less CIFAR-10's mean, as cuda-convnet and Caffe feed them; the mean of a channel stands for their mean picture. */
export const cifar10Preprocessing: Preprocessing = {
  range: 255,
  mean: [125.31, 122.95, 113.87],
  std: [1, 1, 1],
  channels: 'rgb',
};
