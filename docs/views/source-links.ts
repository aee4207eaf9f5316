import { escaped } from './html.ts';

const cited = String.raw`[\w./-]*\w`;

/** How sources are cited in specs, each with the address that it stands for. */
const addresses: readonly (readonly [citation: RegExp, address: (...parts: string[]) => string])[] = [
  [/arXiv:(\d{4}\.\d{4,5})/, (_, number = '') => `https://arxiv.org/abs/${number}`],
  [/doi:(10\.\d+\/[^\s;,)]+)/, (_, name = '') => `https://doi.org/${name}`],
  [/Krizhevsky, Sutskever and Hinton, NIPS 2012/, () => 'https://doi.org/10.1145/3065386'],
  [/LeCun, Bottou, Bengio and Haffner[^;]*1998|LeCun et al\. 1998/, () => 'https://doi.org/10.1109/5.726791'],
  [
    new RegExp(`Caffe, ((?:models|examples)/${cited})`),
    (_, path = '') => `https://github.com/BVLC/caffe/tree/master/${path}`,
  ],
  [new RegExp(`torchvision/models/${cited}`), (path) => `https://github.com/pytorch/vision/blob/main/${path}`],
  [
    new RegExp(`torchvision, (references/${cited})`),
    (_, path = '') => `https://github.com/pytorch/vision/blob/main/${path}`,
  ],
  [/cuda-convnet\b/, () => 'https://code.google.com/archive/p/cuda-convnet/'],
];

/** A spec's source as HTML, with a link where a paper or a file is cited. */
export function linkedSource(source: string): string {
  const found = addresses
    .flatMap(([citation, address]) => {
      const match = citation.exec(source);
      return match ? [{ at: match.index, text: match[0], address: address(...match) }] : [];
    })
    .sort((a, b) => a.at - b.at);
  let html = '';
  let end = 0;
  for (const { at, text, address } of found) {
    html += `${escaped(source.slice(end, at))}<a href="${address}">${escaped(text)}</a>`;
    end = at + text.length;
  }
  return html + escaped(source.slice(end));
}
