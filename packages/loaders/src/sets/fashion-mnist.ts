import { aptDownload, installedFiles } from '../node/debian.ts';
import { gzipFiles } from '../node/official.ts';
import type { FileSet } from './file-set.ts';

/**
 * The four idx files, unpacked: their hashes are those of Debian's package (which packs them anew) and those that
 * other projects list for the official ones.
 */
export const fashionMnistFiles: FileSet = {
  title: 'Fashion-MNIST',
  folder: 'fashion-mnist',
  home: 'https://github.com/zalandoresearch/fashion-mnist',
  files: [
    {
      name: 'train-images-idx3-ubyte',
      bytes: 47_040_016,
      sha256: 'c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888',
    },
    {
      name: 'train-labels-idx1-ubyte',
      bytes: 60_008,
      sha256: 'bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9',
    },
    {
      name: 't10k-images-idx3-ubyte',
      bytes: 7_840_016,
      sha256: '5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b',
    },
    {
      name: 't10k-labels-idx1-ubyte',
      bytes: 10_008,
      sha256: '0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34',
    },
  ],
  sources: [
    gzipFiles('http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/', [
      { file: 'train-images-idx3-ubyte', bytes: 26_421_880, md5: '8d4fb7e6c68d591d4c3dfef9ec88bf0d' },
      { file: 'train-labels-idx1-ubyte', bytes: 29_515, md5: '25c81989df183df01b3e8a0aad5dffbe' },
      { file: 't10k-images-idx3-ubyte', bytes: 4_422_102, md5: 'bef4ecab320f06d8554ea6380940ec79' },
      { file: 't10k-labels-idx1-ubyte', bytes: 5_148, md5: 'bb300cfdad3c16e7a12a480ee83cd310' },
    ]),
    installedFiles('dataset-fashion-mnist', '/usr/share/datasets/fashion-mnist'),
    aptDownload('dataset-fashion-mnist', 'usr/share/datasets/fashion-mnist', 30_900_652),
  ],
};

export const clothes = [
  'T-shirt/top',
  'Trouser',
  'Pullover',
  'Dress',
  'Coat',
  'Sandal',
  'Shirt',
  'Sneaker',
  'Bag',
  'Ankle boot',
];
