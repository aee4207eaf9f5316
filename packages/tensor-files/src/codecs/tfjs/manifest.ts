import { elements, type Parse, parseArray, parseInteger, parseNumber, parseString, ZooError } from '@zoo/core';
import { unsupported } from '../../damaged.ts';
import type { Dtype } from '../../tensor.ts';

/** How a weight was quantised: `value = stored * scale + min` (tfjs-core/src/io/types.ts). */
export interface Quantization {
  dtype: 'uint8' | 'uint16' | 'float16';
  min: number;
  scale: number;
}

export interface ManifestWeight {
  name: string;
  shape: number[];
  dtype: 'float32' | 'int32' | 'bool' | 'complex64' | 'string';
  quantization: Quantization | undefined;
}

/** Weights that lie one behind the other in files that are one sequence of bytes. */
export interface ManifestGroup {
  paths: string[];
  weights: ManifestWeight[];
}

/** Bytes of a number as it is stored; of a text, those of its length. */
export const storedSize = ({ dtype, quantization }: ManifestWeight): number =>
  ({ float32: 4, int32: 4, bool: 1, complex64: 8, string: 4, uint8: 1, uint16: 2, float16: 2 })[
    quantization?.dtype ?? dtype
  ];

/** Left out are types that have no numbers of one part. */
export const dtypes: Readonly<Partial<Record<ManifestWeight['dtype'], Dtype>>> = {
  float32: 'F32',
  int32: 'I32',
  bool: 'BOOL',
};

/** Fields that are not known are passed over: writers add their own. */
const fieldsOf = (value: unknown, place: string): Record<string, unknown> => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ZooError('corrupt-file', `${place}: expected an object. Fetch or write the file anew.`);
  return Object.fromEntries(Object.entries(value));
};

const oneOf = <const T extends string>(allowed: readonly T[], value: unknown, place: string): T => {
  const text = parseString(value, place);
  const found = allowed.find((one) => one === text);
  if (found === undefined)
    throw unsupported(
      place,
      `is ${JSON.stringify(text.slice(0, 40))}, not one of ${allowed.join(', ')}`,
      'Convert the model anew',
    );
  return found;
};

const parseQuantization: Parse<Quantization> = (value, place) => {
  const fields = fieldsOf(value, place);
  const dtype = oneOf(['uint8', 'uint16', 'float16'], fields.dtype, `${place}.dtype`);
  if (dtype === 'float16') return { dtype, min: 0, scale: 1 };
  const number = parseNumber();
  return { dtype, min: number(fields.min, `${place}.min`), scale: number(fields.scale, `${place}.scale`) };
};

const parseWeight: Parse<ManifestWeight> = (value, place) => {
  const { name, shape, dtype, quantization } = fieldsOf(value, place);
  return {
    name: parseString(name, `${place}.name`),
    shape: parseArray(parseInteger(0, Number.MAX_SAFE_INTEGER))(shape, `${place}.shape`),
    dtype: oneOf(['float32', 'int32', 'bool', 'complex64', 'string'], dtype, `${place}.dtype`),
    quantization: quantization === undefined ? undefined : parseQuantization(quantization, `${place}.quantization`),
  };
};

const parseGroup: Parse<ManifestGroup> = (value, place) => {
  const { paths, weights } = fieldsOf(value, place);
  return {
    paths: parseArray(parseString)(paths, `${place}.paths`),
    weights: parseArray(parseWeight)(weights, `${place}.weights`),
  };
};

/**
 * The weights of a model.json, and the texts that were saved with it. A model of the zoo that tf.layers saved has its spec
 * there as an object.
 */
export function parseModelJson(value: unknown, place: string) {
  // What TensorFlow.js wrote before 1.0, and beside graph models: the groups alone.
  if (Array.isArray(value))
    return { groups: parseArray(parseGroup)(value, place), texts: {}, topology: undefined, isGraph: false };
  const { format, weightsManifest, userDefinedMetadata, modelTopology } = fieldsOf(value, place);
  const texts = userDefinedMetadata === undefined ? {} : fieldsOf(userDefinedMetadata, `${place}: userDefinedMetadata`);
  // The converter of Python puts what Keras wrote into one more object.
  const topology =
    typeof modelTopology === 'object' && modelTopology !== null && 'model_config' in modelTopology
      ? modelTopology.model_config
      : modelTopology;
  return {
    topology,
    isGraph:
      format === 'graph-model' ||
      (typeof topology === 'object' &&
        topology !== null &&
        Array.isArray(Object.entries(topology).find(([key]) => key === 'node')?.[1])),
    groups: parseArray(parseGroup)(weightsManifest, `${place}: weightsManifest`),
    texts: Object.fromEntries(
      Object.entries(texts).flatMap(([key, text]): [string, string][] => {
        if (key === 'zoo') return [['zoo.spec', JSON.stringify(text)]];
        return typeof text === 'string' ? [[key, text]] : [];
      }),
    ),
  };
}

/** Bytes that a weight takes in its group. */
export const storedBytes = (weight: ManifestWeight): number => storedSize(weight) * elements(weight.shape);

/** The type of the stored elements. */
export const readAs = ({ dtype, quantization }: ManifestWeight): Dtype | undefined =>
  quantization ? ({ uint8: 'U8', uint16: 'U16', float16: 'F16' } as const)[quantization.dtype] : dtypes[dtype];
