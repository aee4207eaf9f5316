import { ZooError } from '@zoo/core';
// Types alone: what a page loads with every checkpoint would fall into pieces that take more than they save.
import type { Meter } from '../../meter.ts';
import { isKind, type Pickled, type PickledGlobal, type PickledObject } from '../pickle/pickled.ts';
import { isHarmful } from './harmful.ts';
import { isModule, isScripted, isTensor, objectOf, stateOfModule } from './modules.ts';
import { isArray, tensorOfArray } from './numpy-array.ts';
import { rareGlobal } from './rare-globals.ts';
import type { Unknown } from './unknown.ts';
import { withoutNumbers } from './without-numbers.ts';

/** As deep as a state dict is looked for, and a little more. */
const maxDepth = 6;
const maxNamed = 4;

/** Values that are looked through for tensors in objects, in all. */
const maxValues = 100_000;

/** What a value keeps, whatever its class makes of it. */
function contentOf(value: Pickled): Iterable<Pickled> {
  const object = objectOf(value);
  if (object) return [...object.args, object.state, ...(object.items?.values() ?? [])];
  if (value instanceof Map) return value.values();
  return Array.isArray(value) ? value : [];
}

/** Whether there are tensors in what an object keeps, not too deep. `budget` is shared by all objects of a file. */
function holdsTensors(object: PickledObject, budget: { left: number }): boolean {
  const seen = new Set<Pickled>([object]);
  let level: Pickled[] = [object];
  for (let depth = 0; depth <= maxDepth; depth++) {
    const next: Pickled[] = [];
    for (const value of level)
      for (const inner of contentOf(value)) {
        if (isTensor(inner) || isKind(inner, 'storage')) return true;
        if (typeof inner !== 'object' || inner === null || seen.has(inner) || budget.left-- <= 0) continue;
        seen.add(inner);
        next.push(inner);
      }
    level = next;
  }
  return false;
}

const pair = '_packed_params._packed_params';

/** Where quantised linear layers of torch.ao keep a pair of weight and bias, which have names of their own. */
function unpacked(key: Pickled, value: Pickled): [Pickled, Pickled][] {
  if (typeof key !== 'string' || !key.endsWith(pair) || !Array.isArray(value)) return [[key, value]];
  const layer = key.slice(0, -pair.length);
  if (layer !== '' && !layer.endsWith('.')) return [[key, value]];
  return ['weight', 'bias'].map((role, index) => [`${layer}${role}`, value[index] ?? null]);
}

/** Names that mean nothing to the user: constructors that Python and PyTorch use for objects of any class. */
const constructorNames =
  /^(?:torch|__torch__|copy_?reg|_codecs|builtins|__builtin__|collections|numpy(?:\.\w+)*\.(?:_reconstruct|ndarray|dtype))\b/;

/** As `_reconstructor(class, ...)` makes an object, its class says more. */
function classOf({ name, args: [first = null] }: PickledObject): string {
  const made = typeof first === 'object' && first !== null && 'kind' in first && first.kind === 'global';
  return made && /^copy_?reg\./.test(name) ? first.name : name;
}

const unsupported = (place: string, what: string, advice: string): ZooError =>
  new ZooError('corrupt-file', `${place}: ${what}. ${advice}.`);

const listed = (names: readonly string[]): string =>
  names.length > maxNamed
    ? `${names.slice(0, maxNamed).join(', ')} and ${names.length - maxNamed} more`
    : names.join(' and ').replace(/ and (?=.* and )/g, ', ');

/**
 * What stands for classes and functions that are none of PyTorch's own: names, whose calls give objects that do nothing. Tensors beside
 * them can be read. A whole module gives its state dict, a kind of dictionary its items, an array of NumPy its numbers.
 *
 * @throws ZooError `corrupt-file`, from `unknown` for what can only be there to do harm, from `plain` where all weights are code.
 */
export function placeholders(place: string, isBigEndian: boolean, meter: Meter): Unknown {
  const globals = new Map<string, PickledGlobal>();
  const passed = new Set<string>();
  const modules = new Set<string>();
  const budget = { left: maxValues };

  const ofArray = (value: Pickled | undefined): Pickled | undefined => {
    const array = value === undefined ? undefined : objectOf(value);
    return array && isArray(array) ? tensorOfArray(array, isBigEndian, meter) : undefined;
  };

  const unknown = (name: string): PickledGlobal => {
    if (isHarmful(name))
      throw unsupported(
        place,
        `names ${JSON.stringify(name.slice(0, 120))}, which runs what the file says as soon as Python loads it, so it is not read`,
        'Do not load it in Python either, and ask where it comes from',
      );
    const refuse = (args: readonly Pickled[]) =>
      unsupported(place, `calls ${name} with ${args.length} values of other kinds`, 'Fetch or write the file anew');
    const made = globals.get(name) ??
      rareGlobal(name, refuse, ofArray) ?? {
        kind: 'global' as const,
        name,
        call: (args: readonly Pickled[]): Pickled => ({ kind: 'object', name, args, state: null }),
      };
    globals.set(name, made);
    return made;
  };

  function ofObject(object: PickledObject, isTop: boolean): Pickled {
    if (isArray(object)) return tensorOfArray(object, isBigEndian, meter);
    const name = classOf(object).slice(0, 120);
    if (isModule(object)) {
      const state = stateOfModule(object, meter);
      if (isScripted(object) && state.size === 0)
        throw unsupported(
          place,
          'is a frozen module of TorchScript, whose weights have become constants of its code',
          'Save the state_dict() of the model that it was made of',
        );
      modules.add(isScripted(object) ? 'TorchScript' : name);
      return state;
    }
    passed.add(name);
    if (object.items) return object.items;
    if (!holdsTensors(object, budget)) {
      if (!isTop) return null;
      const nothing = `holds an object of ${name} without a dict of tensors`;
      throw unsupported(place, nothing, 'Save model.state_dict() into it');
    }
    const what = `is an object of ${name}, whose numbers only its class can tell, and no class of a file is run`;
    const advice = 'Load it where you trust it, and save model.state_dict() alone';
    if (isTop) throw unsupported(place, what, advice);
    return withoutNumbers([], what, advice);
  }

  const speaking = () => [...passed].filter((name) => !constructorNames.test(name));

  const seen = new Map<Pickled, Pickled>();
  function plain(value: Pickled, depth = 0): Pickled {
    const known = seen.get(value);
    if (known !== undefined) return known;
    const object = objectOf(value);
    const inner = object ? ofObject(object, depth === 0) : value;
    if (depth >= maxDepth || !(Array.isArray(inner) || inner instanceof Map)) return inner;
    if (Array.isArray(inner)) {
      const list: Pickled[] = [];
      seen.set(value, list);
      for (const one of inner) list.push(plain(one, depth + 1));
      return list;
    }
    const dict = new Map<Pickled, Pickled>();
    seen.set(value, dict);
    for (const [key, one] of inner)
      for (const [name, part] of unpacked(key, one)) dict.set(name, plain(part, depth + 1));
    return dict;
  }

  return {
    unknown,
    plain,
    notes: () => [
      ...[...modules]
        .slice(0, 1)
        .map((name) => `holds a whole module (${name}): its weights are read, its code is not run`),
      ...(speaking().length > 0 ? [`passes over objects of ${listed(speaking())}: no code of the file is run`] : []),
    ],
    passed: () => [...passed],
  };
}
