import type { StoredTensor } from '@zoo/tensor-files';

/** What belongs to whole numbers, or to rounding to them: scales, zero points, ranges. */
const ofNumbers =
  /(?:scales?|zero_points?|amax|SCB|(?:min|max)_val|fake_quant\w*|activation_post_process.*|observer.*|quantizer.*)(?:[._/]\w+)?(?::\d+)?$/i;

/** What observers and quantisers of a training keep, whatever layer they stand beside. */
const ofObserver = /(?:^|[._/])(?:\w*fake_quant\w*|activation_post_process|\w*observer\w*|\w+_quantizer)[._/]/i;

/** Those that round wherever they compute; observers alone change nothing. */
const rounds = /(?:fake_quant\w*|activation_post_process|_quantizer)[._/](?:scale|_?amax|_?step_size)$/i;

export const isOfRounding = ({ name }: StoredTensor): boolean => ofNumbers.test(name);

/** Whether a tensor is kept by an observer or a quantiser of a training, or belongs to the whole numbers of its layer. */
export const belongsToRounding = (stored: StoredTensor, isQuantised: boolean): boolean =>
  isOfRounding(stored) && (isQuantised || ofObserver.test(stored.name));

/** What to know of a training that rounds numbers: its layers compute with rounded ones, which only partly is done here. */
export function roundingNotes(left: readonly StoredTensor[], isWeightRounded: boolean): string[] {
  const names = left.flatMap(({ name }) => (rounds.test(name) ? [name] : []));
  const [weight] = names.filter((name) => /weight_?\w*[._/][^./]*$/.test(name));
  const [output] = names.filter((name) => !/weight_?\w*[._/][^./]*$/.test(name));
  return [
    ...(weight === undefined
      ? []
      : [
          `computed with weights that ${weight.replace(/[._/][^./]*$/, '')} rounds, to how many bits it does not say: they are taken as they are, so that the results differ a little`,
        ]),
    ...(output === undefined
      ? []
      : [
          `computed with outputs of layers that ${output.replace(/[._/][^./]*$/, '')} and others round${isWeightRounded ? ', and with rounded weights' : ''}: here ${isWeightRounded ? 'the weights are rounded, and outputs are not' : 'they are not rounded'}, so that the results differ a little`,
        ]),
  ];
}
