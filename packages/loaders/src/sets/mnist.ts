import type { CanonicalFiles } from './canonical-files.ts';

/** The four idx files, unpacked: their hashes do not depend on who packed them, and many projects list the same. */
export const mnistFiles: CanonicalFiles = {
  title: 'MNIST',
  folder: 'mnist',
  home: 'https://ossci-datasets.s3.amazonaws.com/mnist/',
  files: [
    {
      name: 'train-images-idx3-ubyte',
      bytes: 47_040_016,
      sha256: 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
    },
    {
      name: 'train-labels-idx1-ubyte',
      bytes: 60_008,
      sha256: '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
    },
    {
      name: 't10k-images-idx3-ubyte',
      bytes: 7_840_016,
      sha256: '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
    },
    {
      name: 't10k-labels-idx1-ubyte',
      bytes: 10_008,
      sha256: 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
    },
  ],
};

export const digits = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
