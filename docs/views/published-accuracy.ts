/** A figure that somebody else has published. */
export interface PublishedAccuracy {
  /** With its family: `alexnet/paper`. */
  preset: string;
  /** What was trained or tested, in few words. */
  what: string;
  data: 'CIFAR-10' | 'ImageNet 2010' | 'ImageNet 2012';
  top1: number;
  top5?: number;
  /** Where it says so. */
  source: string;
  url?: string;
  /** The recipe here that does the same, where there is one. */
  recipe?: string;
}

const krizhevsky = 'https://papers.nips.cc/paper_files/paper/2012/hash/c399862d3b9d6b76c8436e924a68c45b-Abstract.html';

/** Accuracies that were published for these networks. Errors are given as the accuracies that they leave. */
export const publishedAccuracies: readonly PublishedAccuracy[] = [
  {
    preset: 'alexnet/cifar10-quick',
    what: "Caffe's cifar10_quick, 5,000 steps",
    data: 'CIFAR-10',
    top1: 0.7533,
    source: 'Caffe, examples/cifar10/readme.md',
    url: 'https://github.com/BVLC/caffe/blob/master/examples/cifar10/readme.md',
    recipe: 'cifar10-quick',
  },
  {
    preset: 'alexnet/cifar10-full',
    what: "Caffe's cifar10_full, 70,000 steps: about 81 %",
    data: 'CIFAR-10',
    top1: 0.81,
    source: 'a user of Caffe, issue 2124',
    url: 'https://github.com/BVLC/caffe/issues/2124',
    recipe: 'cifar10-full',
  },
  {
    preset: 'alexnet/xavier',
    what: 'Enlarged to 227 pixels, Adam, first epoch',
    data: 'CIFAR-10',
    top1: 0.4853,
    source: 'the tutorial that the preset comes from, as printed there',
    recipe: 'seed-004',
  },
  {
    preset: 'alexnet/xavier',
    what: 'The same, all ten epochs',
    data: 'CIFAR-10',
    top1: 0.6559,
    source: 'the tutorial that the preset comes from, as printed there',
    recipe: 'seed-004',
  },
  {
    preset: 'alexnet/paper',
    what: 'The paper, one network, ten views of each validation picture',
    data: 'ImageNet 2012',
    top1: 0.593,
    top5: 0.818,
    source: 'Krizhevsky, Sutskever and Hinton 2012, table 2',
    url: krizhevsky,
    recipe: 'paper',
  },
  {
    preset: 'alexnet/paper',
    what: 'The paper, one network, ten views of each test picture',
    data: 'ImageNet 2010',
    top1: 0.625,
    top5: 0.83,
    source: 'Krizhevsky, Sutskever and Hinton 2012, table 1',
    url: krizhevsky,
  },
  {
    preset: 'alexnet/paper',
    what: "BVLC's AlexNet, the middle of each validation picture",
    data: 'ImageNet 2012',
    top1: 0.571,
    top5: 0.802,
    source: 'Caffe, models/bvlc_alexnet/readme.md',
    url: 'https://github.com/BVLC/caffe/blob/master/models/bvlc_alexnet/readme.md',
  },
  {
    preset: 'alexnet/caffenet',
    what: "BVLC's reference CaffeNet, the middle of each validation picture",
    data: 'ImageNet 2012',
    top1: 0.574,
    top5: 0.804,
    source: 'Caffe, models/bvlc_reference_caffenet/readme.md',
    url: 'https://github.com/BVLC/caffe/blob/master/models/bvlc_reference_caffenet/readme.md',
    recipe: 'caffenet',
  },
  {
    preset: 'alexnet/torchvision',
    what: "torchvision's IMAGENET1K_V1, the middle of each validation picture",
    data: 'ImageNet 2012',
    top1: 0.56522,
    top5: 0.79066,
    source: 'torchvision, AlexNet_Weights',
    url: 'https://pytorch.org/vision/stable/models/generated/torchvision.models.alexnet.html',
    recipe: 'torchvision',
  },
  {
    preset: 'zfnet/zfnet',
    what: 'Zeiler and Fergus, one network, validation pictures',
    data: 'ImageNet 2012',
    top1: 0.616,
    top5: 0.835,
    source: 'Zeiler and Fergus 2014, table 2',
    url: 'https://arxiv.org/abs/1311.2901',
  },
];
