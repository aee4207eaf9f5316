/** A number under a name, at a step. */
export interface Scalar {
  /** Such as `loss/train`: TensorBoard shows those that begin alike together. */
  tag: string;
  value: number;
}

/** What an event file says at a step. */
export interface ScalarsAtStep {
  /** Steps of all epochs. */
  step: number;
  scalars: readonly Scalar[];
}

/** Kinds of values in protobuf (protobuf.dev/programming-guides/encoding). */
const kinds = { varint: 0, bits64: 1, bytes: 2, bits32: 5 } as const;

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return [...bytes, rest];
}

const key = (field: number, kind: keyof typeof kinds): number[] => varint(field * 8 + kinds[kind]);
const content = (field: number, bytes: ArrayLike<number>): number[] => [
  ...key(field, 'bytes'),
  ...varint(bytes.length),
  ...Array.from(bytes),
];
const text = (field: number, value: string): number[] => content(field, new TextEncoder().encode(value));
const float = (field: number, value: number): number[] => [
  ...key(field, 'bits32'),
  ...new Uint8Array(Float32Array.of(value).buffer),
];
const double = (field: number, value: number): number[] => [
  ...key(field, 'bits64'),
  ...new Uint8Array(Float64Array.of(value).buffer),
];

// Numbers of fields: tensorflow/core/util/event.proto, tensorflow/core/framework/summary.proto.
const event = { wallTime: 1, step: 2, fileVersion: 3, summary: 5 } as const;
const summaryValue = 1;
const value = { tag: 1, simpleValue: 2 } as const;

/** The `Event` that an event file begins with. @param wallTime Seconds since 1970. */
export const versionMessage = (wallTime: number): Uint8Array =>
  Uint8Array.from([...double(event.wallTime, wallTime), ...text(event.fileVersion, 'brain.Event:2')]);

/** An `Event` with a `Summary` of scalars. @param wallTime Seconds since 1970. */
export function scalarsMessage({ step, scalars }: ScalarsAtStep, wallTime: number): Uint8Array {
  const values = scalars.flatMap((one) =>
    content(summaryValue, [...text(value.tag, one.tag), ...float(value.simpleValue, one.value)]),
  );
  return Uint8Array.from([
    ...double(event.wallTime, wallTime),
    ...key(event.step, 'varint'),
    ...varint(step),
    ...content(event.summary, values),
  ]);
}

/** What a field of a message holds: bytes, or a whole number. */
type Content = Uint8Array | number;

/**
 * The first field of each of some numbers in a message; nothing where it is none. The others are passed over: a file may hold millions.
 */
function firstFields(message: Uint8Array, wanted: readonly number[]): ReadonlyMap<number, Content> | undefined {
  const found = new Map<number, Content>();
  let at = 0;
  const number = (): number => {
    let result = 0;
    for (let factor = 1; factor <= 2 ** 49; factor *= 128) {
      const byte = message[at++] ?? Number.NaN;
      result += (byte & 127) * factor;
      if (byte < 128) return result;
    }
    return Number.NaN;
  };
  while (at < message.length) {
    const lead = number();
    const [field, kind] = [Math.floor(lead / 8), lead % 8];
    const isWanted = wanted.includes(field) && !found.has(field);
    if (kind === kinds.varint) {
      const whole = number();
      if (Number.isNaN(whole)) return undefined;
      if (isWanted) found.set(field, whole);
      continue;
    }
    const length = kind === kinds.bytes ? number() : kind === kinds.bits64 ? 8 : kind === kinds.bits32 ? 4 : Number.NaN;
    if (!(at + length <= message.length)) return undefined;
    if (isWanted) found.set(field, message.subarray(at, at + length));
    at += length;
  }
  return found;
}

/** The step and the first tag of an event; step 0 and no tag where it has none, and nothing for what is no event. */
export function placeOfMessage(message: Uint8Array): { step: number; tag?: string } | undefined {
  const fields = firstFields(message, [event.step, event.summary]);
  if (!fields) return undefined;
  const bytesOf = (found: ReadonlyMap<number, Content> | undefined, wanted: number): Uint8Array | undefined => {
    const content = found?.get(wanted);
    return typeof content === 'object' ? content : undefined;
  };
  const step = fields.get(event.step);
  const summary = bytesOf(fields, event.summary);
  const first = summary && bytesOf(firstFields(summary, [summaryValue]), summaryValue);
  const tag = first && bytesOf(firstFields(first, [value.tag]), value.tag);
  return {
    step: typeof step === 'number' ? step : 0,
    ...(tag && { tag: new TextDecoder().decode(tag) }),
  };
}
