import { damaged, unsupported } from '../../damaged.ts';
import type { Meter } from '../../meter.ts';
import { described, isKind, type Pickled, type PickledGlobal } from './pickled.ts';

/** The globals that a pickle may name, and the resolver of its persistent ids. */
export interface PickleEnvironment {
  /** By Python's full names: `collections.OrderedDict`. */
  globals: ReadonlyMap<string, PickledGlobal>;
  /** A placeholder for any other name. Default: it is refused. */
  unknown?(name: string): PickledGlobal;
  /** Resolves a persistent id. */
  load(id: Pickled): Pickled;
  /** What the pickle draws from. */
  meter: Meter;
  /** Strings of Python 2 are bytes. Default: false, texts. */
  bytesOfPython2?: boolean;
}

const maxNameLength = 1000;

/** Objects that a dictionary takes, and what a call gives. */
const objectsPerDict = 4;
const objectsPerCall = 4;
/** Operations that an instruction takes at most. */
const operationsPerInstruction = 2;

/** Thrown when the bytes end inside the pickle, so that the caller can pass more. */
export class PickleCutShort extends Error {}

const mark = Symbol('mark');
type OnStack = Pickled | typeof mark;

/**
 * A machine for the part of pickle's language (Python's pickletools.py) that checkpoints use: protocols 0 to 5 without
 * anything that could run code. It knows no global but those given, calls only what they bring along, and sets no
 * attributes. Each instruction costs the same, whatever lies on the stack; what is remembered is shared, and where a call copies
 * it, as that of a set does, the copy is paid for.
 *
 * @returns The value, and the place behind the pickle.
 * @throws ZooError `corrupt-file` when it is damaged or names another global; `PickleCutShort` when the bytes end early.
 */
export function readPickle(
  bytes: Uint8Array,
  start: number,
  place: string,
  { globals, unknown, load, meter, bytesOfPython2 = false }: PickleEnvironment,
): { value: Pickled; end: number } {
  const fields = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const decoder = new TextDecoder();
  const stack: OnStack[] = [];
  const marks: number[] = [];
  const memo = new Map<number, Pickled>();
  let at = start;

  const refuse = (what: string) => damaged(place, `${what} at byte ${at} of its pickle`);
  const take = (length: number): number => {
    if (at + length > bytes.length) throw new PickleCutShort();
    at += length;
    return at - length;
  };
  const piece = (length: number): Uint8Array => {
    const from = take(length);
    return bytes.subarray(from, from + length);
  };
  const text = (length: number): string => {
    const bytes = piece(length);
    meter.spend('objects', 1);
    meter.spend('bytes', length);
    return decoder.decode(bytes);
  };
  const string = (length: number): string | Uint8Array => (bytesOfPython2 ? piece(length) : text(length));
  const line = (): string => {
    const end = bytes.indexOf(10, at);
    if (end < 0) throw new PickleCutShort();
    const words = text(end - at);
    at = end + 1;
    return words;
  };
  const u8 = () => fields.getUint8(take(1));
  const u32 = () => fields.getUint32(take(4), true);
  const u64 = () => Number(fields.getBigUint64(take(8), true));
  const whole = (length: number): number | bigint => {
    if (length > 16) throw refuse(`holds a number of ${length} bytes`);
    let value = 0n;
    for (const byte of piece(length).slice().reverse()) value = (value << 8n) | BigInt(byte);
    const signed = BigInt.asIntN(length * 8, value);
    return BigInt.asIntN(54, signed) === signed ? Number(signed) : signed;
  };

  const push = (value: Pickled) => stack.push(value);
  const pop = (): Pickled => {
    const value = stack.pop();
    if (value === undefined || value === mark) throw refuse('takes a value where there is none');
    return value;
  };
  const top = (): Pickled => {
    const value = pop();
    stack.push(value);
    return value;
  };
  const popToMark = (): Pickled[] => {
    const from = marks.pop();
    if (from === undefined) throw refuse('takes values up to a mark where there is none');
    // No mark lies above the last one.
    const values = stack.splice(from).filter((value) => value !== mark);
    return values;
  };
  const remember = (key: number) => {
    meter.spend('objects', 1);
    memo.set(key, top());
  };
  const pushNew = (value: Pickled, objects: number) => {
    meter.spend('objects', objects);
    push(value);
  };
  const recall = (key: number) => {
    const value = memo.get(key);
    if (value === undefined) throw refuse(`speaks of value ${key}, which it has not remembered`);
    push(value);
  };
  const find = (name: string) => {
    // It may be remembered, and named again and again.
    if (name.length > maxNameLength) throw refuse(`names a global of ${name.length} letters`);
    const found = globals.get(name) ?? unknown?.(name);
    if (!found)
      throw unsupported(
        place,
        `names ${JSON.stringify(name.slice(0, 120))}, which is not among the globals that a state dict needs, so it is not read`,
        'Load it where you trust it, and save model.state_dict() alone',
      );
    push(found);
  };
  const call = (called: Pickled, args: Pickled) => {
    // What a placeholder gives is one of the same name.
    const callee = isKind(called, 'object') && unknown ? unknown(called.name) : called;
    if (!isKind(callee, 'global') || !callee.call || !Array.isArray(args))
      throw refuse(`calls ${isKind(callee, 'global') ? callee.name : described(callee)} with ${described(args)}`);
    meter.spend('objects', objectsPerCall);
    meter.spend('operations', args.length);
    for (const one of args) {
      if (Array.isArray(one)) meter.spend('operations', one.length);
      else if (one instanceof Map) meter.spend('operations', one.size);
      else if (typeof one === 'string' || one instanceof Uint8Array) meter.spend('bytes', one.length);
    }
    push(callee.call(args));
  };
  const extend = (values: readonly Pickled[]) => {
    const list = top();
    if (isKind(list, 'object')) return;
    if (!Array.isArray(list)) throw refuse(`appends to ${described(list)}`);
    for (const value of values) list.push(value);
  };
  const setItems = (items: readonly Pickled[]) => {
    const target = top();
    if (isKind(target, 'object')) target.items ??= new Map();
    const dict = isKind(target, 'object') ? target.items : target;
    if (!(dict instanceof Map) || items.length % 2) throw refuse(`sets items of ${described(dict)}`);
    for (let index = 0; index < items.length; index += 2) dict.set(items[index] ?? null, items[index + 1] ?? null);
  };
  const tuple = (length: number) => {
    const values: Pickled[] = [];
    for (let index = 0; index < length; index++) values.unshift(pop());
    pushNew(values, 1);
  };

  /** By opcode. STOP stands in the loop. */
  const run = (opcode: number): unknown => {
    switch (String.fromCharCode(opcode)) {
      case '\x80': {
        // PROTO
        const protocol = u8();
        if (protocol > 5) throw refuse(`is of protocol ${protocol}, beyond 5,`);
        return;
      }
      case '\x95':
        return take(8); // FRAME
      case '(':
        return marks.push(stack.push(mark) - 1); // MARK
      case '0': // POP
        if (stack.at(-1) === mark) return popToMark();
        return pop();
      case '1':
        return popToMark(); // POP_MARK
      case 'N':
        return push(null); // NONE
      case '\x88':
        return push(true); // NEWTRUE
      case '\x89':
        return push(false); // NEWFALSE
      case 'J':
        return push(fields.getInt32(take(4), true)); // BININT
      case 'K':
        return push(u8()); // BININT1
      case 'M':
        return push(fields.getUint16(take(2), true)); // BININT2
      case '\x8a':
        return pushNew(whole(u8()), 1); // LONG1
      case '\x8b':
        return pushNew(whole(u32()), 1); // LONG4
      case 'G':
        return push(fields.getFloat64(take(8), false)); // BINFLOAT
      case 'X':
        return push(text(u32())); // BINUNICODE
      case '\x8c':
        return push(text(u8())); // SHORT_BINUNICODE
      case '\x8d':
        return push(text(u64())); // BINUNICODE8
      case 'T':
        return push(string(u32())); // BINSTRING, of Python 2
      case 'U':
        return push(string(u8())); // SHORT_BINSTRING
      case 'B':
        return push(piece(u32())); // BINBYTES
      case 'C':
        return push(piece(u8())); // SHORT_BINBYTES
      case '\x8e':
        return push(piece(u64())); // BINBYTES8
      case '}':
        return pushNew(new Map(), objectsPerDict); // EMPTY_DICT
      case ']': // EMPTY_LIST
      case '\x8f':
        return pushNew([], 1); // EMPTY_SET
      case ')':
        return pushNew([], 1); // EMPTY_TUPLE
      case 'd': {
        // DICT
        const items = popToMark();
        pushNew(new Map(), objectsPerDict);
        return setItems(items);
      }
      case 'l': // LIST
      case 't': // TUPLE
      case '\x91':
        return pushNew(popToMark(), 1); // FROZENSET
      case '\x85':
        return tuple(1); // TUPLE1
      case '\x86':
        return tuple(2); // TUPLE2
      case '\x87':
        return tuple(3); // TUPLE3
      case 'a':
        return extend([pop()]); // APPEND
      case 'e': // APPENDS
      case '\x90':
        return extend(popToMark()); // ADDITEMS
      case 's': {
        // SETITEM
        const value = pop();
        return setItems([pop(), value]);
      }
      case 'u':
        return setItems(popToMark()); // SETITEMS
      case 'q':
        return remember(u8()); // BINPUT
      case 'r':
        return remember(u32()); // LONG_BINPUT
      case '\x94':
        return remember(memo.size); // MEMOIZE
      case 'h':
        return recall(u8()); // BINGET
      case 'j':
        return recall(u32()); // LONG_BINGET
      case 'c':
        return find(`${line()}.${line()}`); // GLOBAL
      case '\x93': {
        // STACK_GLOBAL
        const name = pop();
        const module = pop();
        if (typeof name !== 'string' || typeof module !== 'string') throw refuse('names a global by what is no text');
        return find(`${module}.${name}`);
      }
      case 'R': // REDUCE
      case '\x81': {
        // NEWOBJ
        const args = pop();
        return call(pop(), args);
      }
      case 'b': {
        // BUILD: attributes, such as a state dict's _metadata, are passed over; an object that is known keeps its state.
        const state = pop();
        const target = top();
        if (isKind(target, 'object')) target.state = state;
        return;
      }
      case 'Q':
        return pushNew(load(pop()), 2); // BINPERSID
      default:
        throw refuse(`has the instruction 0x${opcode.toString(16)}, which a state dict does not need,`);
    }
  };

  for (;;) {
    const opcode = u8();
    if (opcode === 0x2e) return { value: pop(), end: at }; // STOP
    meter.spend('operations', operationsPerInstruction);
    run(opcode);
  }
}
