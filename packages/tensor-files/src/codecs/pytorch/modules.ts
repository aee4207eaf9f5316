import type { Meter } from '../../meter.ts';
import type { Pickled, PickledObject } from '../pickle/pickled.ts';

export const objectOf = (value: Pickled): PickledObject | undefined =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'object' ? value : undefined;

export const isTensor = (value: Pickled): boolean =>
  typeof value === 'object' && value !== null && 'kind' in value && (value.kind === 'tensor' || value.kind === 'other');

/** Modules within modules. */
const maxDepth = 32;

const dict = (value: Pickled | undefined): Map<Pickled, Pickled> => (value instanceof Map ? value : new Map());

/** A module of TorchScript, whose class lies in the same archive. */
export const isScripted = ({ name }: PickledObject): boolean => name.startsWith('__torch__.');

/** A whole module, as `torch.save(model)` and `torch.jit.save` keep it. */
export const isModule = (object: PickledObject): boolean =>
  object.state instanceof Map &&
  (isScripted(object) || (dict(object.state).has('_parameters') && dict(object.state).has('_modules')));

/** What a module itself keeps, by name: its tensors, and the modules in it. Modules may share it: each pays for all that is looked at. */
function contentOf(module: PickledObject, meter: Meter): Iterable<[Pickled, Pickled]> {
  const state = dict(module.state);
  meter.spend('objects', state.size);
  if (isScripted(module)) return state;
  const parameters = dict(state.get('_parameters'));
  const buffers = dict(state.get('_buffers'));
  const modules = dict(state.get('_modules'));
  meter.spend('objects', parameters.size + buffers.size + modules.size);
  // A set, made of a list.
  const list = objectOf(state.get('_non_persistent_buffers_set') ?? null)?.args[0];
  const left = Array.isArray(list) ? list : [];
  meter.spend('operations', left.length);
  const without = new Set(left);
  const kept = [...buffers].filter(([name]) => !without.has(name));
  return [...parameters, ...kept, ...modules];
}

/**
 * The state dict of a whole module (torch/nn/modules/module.py, `state_dict`), read off what is stored of it: parameters, buffers, modules.
 * No code of its class is run. A module that lies in several places is read in the first.
 */
export function stateOfModule(top: PickledObject, meter: Meter): Map<Pickled, Pickled> {
  const found = new Map<Pickled, Pickled>();
  const seen = new Set<Pickled>();
  const visit = (module: PickledObject, prefix: string, depth: number): void => {
    if (depth > maxDepth || seen.has(module)) return;
    seen.add(module);
    for (const [key, value] of contentOf(module, meter)) {
      if (typeof key !== 'string') continue;
      const name = `${prefix}${key.slice(0, 100)}`;
      if (isTensor(value)) found.set(name, value);
      const inner = objectOf(value);
      if (inner && isModule(inner)) visit(inner, `${name}.`, depth + 1);
    }
  };
  visit(top, '', 0);
  return found;
}
