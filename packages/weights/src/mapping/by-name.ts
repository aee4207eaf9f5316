import type { StoredTensor, TensorFile } from '@zoo/tensor-files';
import { specKey } from '../model-metadata.ts';
import type { LaidOutWeight } from '../model-tensors.ts';
import type { LayoutFamily } from './layout-step.ts';
import type { MappingRule } from './mapping.ts';

/** A rule that gives each weight the name it has in files of one kind. */
export interface NamingRule {
  rule: MappingRule;
  family: LayoutFamily;
  find(file: TensorFile, weight: LaidOutWeight): StoredTensor | undefined;
}

/** Prefixes of names: DataParallel's `module.`, the key of a training checkpoint, torch.compile's mark, an attribute. */
const wrapping = /^(?:(?:module|model|net|network|state_dict|model_state_dict|params|_orig_mod)[./])+/;

/** Parts of names that wrappers insert: DataParallel round it, checkpoints of its activations, FSDP, torch.compile. */
const marks = /(?<=^|[./])(?:(?:module|_checkpoint_wrapped_module|_fsdp_wrapped_module|_orig_mod)[./])+/g;

/** How often a name is unwrapped. */
const maxWrappings = 16;

/** Names of a file without what wraps all of them, or parts of them. */
function unwrapped(file: TensorFile): Map<string, StoredTensor> {
  const names = new Map<string, StoredTensor>();
  // A name as it stands comes before one that only fits without its wrapping: `net.0.weight` may be a network's own.
  for (const [name, tensor] of file.tensors) names.set(name, tensor);
  for (const [name, tensor] of file.tensors) {
    let rest = name;
    for (let depth = 0; depth < maxWrappings && wrapping.test(rest); depth++) {
      const [first = ''] = /^[^./]+[./]/.exec(rest) ?? [];
      rest = rest.slice(first.length);
      if (!names.has(rest)) names.set(rest, tensor);
    }
  }
  for (const [name, tensor] of [...names]) {
    const plain = name.replace(marks, '');
    if (!names.has(plain)) names.set(plain, tensor);
  }
  return names;
}

const indices = new WeakMap<TensorFile, Map<string, StoredTensor>>();

function indexOf(file: TensorFile): Map<string, StoredTensor> {
  const index = indices.get(file) ?? unwrapped(file);
  indices.set(file, index);
  return index;
}

/** Keras's names of weights. Its third format numbers them instead. */
const kerasNames: Record<LaidOutWeight['role'], { conv: string[]; norm: string[] }> = {
  weight: { conv: ['kernel', 'vars/0'], norm: ['gamma', 'vars/0'] },
  bias: { conv: ['bias', 'vars/1'], norm: ['beta', 'vars/1'] },
  running_mean: { conv: [], norm: ['moving_mean', 'vars/2'] },
  running_var: { conv: [], norm: ['moving_variance', 'vars/3'] },
};

/** Names of a file that have folders, as Keras gives them, with what they are of. */
const folders = new WeakMap<TensorFile['tensors'], readonly (readonly [plain: string, tensor: StoredTensor])[]>();

function inFolders(tensors: TensorFile['tensors']) {
  const known = folders.get(tensors);
  if (known) return known;
  const found = [...tensors].flatMap(([name, tensor]) =>
    name.includes('/') ? [[`/${name.replace(/:\d+$/, '')}`, tensor] as const] : [],
  );
  folders.set(tensors, found);
  return found;
}

/** `conv1/conv1/kernel:0` and `layers/conv1/kernel` are both `conv1`'s `kernel`. */
function kerasTensor(file: TensorFile, layer: string, variables: readonly string[]): StoredTensor | undefined {
  const [folder, ends] = [`/${layer}/`, variables.map((variable) => `/${variable}`)];
  return inFolders(file.tensors).find(
    ([plain]) => ends.some((end) => plain.endsWith(end)) && plain.includes(folder),
  )?.[1];
}

const findByKeras = (file: TensorFile, { layer: { layer, path }, role }: LaidOutWeight): StoredTensor | undefined => {
  const variables = kerasNames[role][layer.kind === 'batchNorm' ? 'norm' : 'conv'];
  const named = [path, ...(layer.caffe === undefined ? [] : [layer.caffe])];
  return named.map((name) => kerasTensor(file, name, variables)).find((tensor) => tensor !== undefined);
};

/** Kinds of names, in the order in which they are tried. */
export const namingRules: readonly NamingRule[] = [
  { rule: 'spec', family: 'torch', find: (file, { name }) => indexOf(file).get(name) },
  {
    rule: 'caffe',
    family: 'torch',
    find: (file, { layer: { layer }, role }) =>
      layer.caffe === undefined ? undefined : indexOf(file).get(`${layer.caffe}.${role}`),
  },
  // What `save` of a model of the zoo writes: names as tf.layers gives them, with the spec beside them.
  {
    rule: 'keras',
    family: 'zoo',
    find: (file, weight) => (specKey in file.metadata ? findByKeras(file, weight) : undefined),
  },
  { rule: 'keras', family: 'tensorflow', find: findByKeras },
];

/** Counts of steps, which tell nothing about a network. */
export const isCounter = (name: string): boolean =>
  /(?:^|[./])(?:num_batches_tracked|n_averaged|iterations?|global_step|epoch|step)$/.test(name);

/** Tensors of a training state other than weights. */
export const isBookkeeping = (name: string): boolean =>
  isCounter(name) || /(?:^|[./])optimizer[./:]/.test(name) || name === 'learning_rate';
