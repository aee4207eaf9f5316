import { elements, type Parse, parseArray, parseInteger, parseObject, parseString, ZooError } from '@zoo/core';
import { partOf } from '../../bytes.ts';
import { unsupported } from '../../damaged.ts';
import { contiguousTensor, unreadableTensor } from '../../elements/stored-tensor.ts';
import type { Contents } from '../../format.ts';
import { parseJson } from '../../json.ts';
import { type MeteredBytes, objectsPerTensor } from '../../meter.ts';
import type { StatedNetwork } from '../../stated-network.ts';
import { bytesPerElement, type Dtype, type StoredTensor } from '../../tensor.ts';

/**
 * safetensors: the length of a header (8 bytes, little-endian), the header (JSON: a name to its type, shape and place,
 * and `__metadata__`), then the tensors' bytes, without gaps. Read and written as the reference implementation does
 * (safetensors/src/tensor.rs), and as strictly: a place outside the file, an overlap or a gap is refused.
 */

/** The reference implementation's limit, against headers that are all header. */
const maxHeaderLength = 100_000_000;

interface Entry {
  dtype: string;
  shape: number[];
  data_offsets: number[];
}

const entry: Parse<Entry> = parseObject<Entry>({
  dtype: parseString,
  shape: parseArray(parseInteger(0, Number.MAX_SAFE_INTEGER)),
  data_offsets: parseArray(parseInteger(0, Number.MAX_SAFE_INTEGER)),
});

const isKnown = (dtype: string): dtype is Dtype => Object.hasOwn(bytesPerElement, dtype);

const metadata = (value: unknown, place: string): Record<string, string> => {
  if (typeof value !== 'object' || value === null)
    throw new ZooError('corrupt-file', `${place}: expected an object of texts. Write the file anew.`);
  return Object.fromEntries(Object.entries(value).map(([key, text]) => [key, parseString(text, `${place}.${key}`)]));
};

async function readHeader(source: MeteredBytes): Promise<{ header: Map<string, unknown>; dataStart: number }> {
  const refuse = (what: string): never => {
    throw new ZooError(
      'corrupt-file',
      `${source.name}: ${what}, so it is not a whole safetensors file. Fetch or write it anew.`,
    );
  };
  if (source.size < 8) return refuse(`has ${source.size} bytes, fewer than the 8 of its first number`);
  const lead = await source.read(0, 8);
  const length = Number(new DataView(lead.buffer, lead.byteOffset, 8).getBigUint64(0, true));
  if (length > maxHeaderLength) return refuse(`says its header has ${length} bytes, more than ${maxHeaderLength}`);
  if (8 + length > source.size) return refuse(`says its header has ${length} bytes, but has ${source.size} in all`);
  const header = parseJson(await source.read(8, length), source, 'a header');
  if (typeof header !== 'object' || header === null || Array.isArray(header))
    return refuse('has a header that is no object');
  return { header: new Map(Object.entries(header)), dataStart: 8 + length };
}

/** MLX says that it wrote a file, and has other axes than PyTorch under the same names: [2, 3, 3, 3] does not tell which. */
const ofMlx: StatedNetwork = {
  layers: [],
  unread: {
    what: 'is of MLX (format: mlx in its metadata), which keeps filters as [out, height, width, in] and flattens maps as height, width, channels',
    advice:
      'In Python, move the axes of its filters to [out, in, height, width], those of the first dense layer likewise, and save it with the format pt',
  },
};

/** Opens a file; its tensors are read when they are asked for. */
export async function readSafetensors(source: MeteredBytes): Promise<Contents> {
  const { header, dataStart } = await readHeader(source);
  const dataSize = source.size - dataStart;
  const tensors = new Map<string, StoredTensor>();
  const spans: { name: string; start: number; end: number }[] = [];
  for (const [name, value] of header) {
    if (name === '__metadata__') continue;
    source.meter.spend('objects', objectsPerTensor);
    const place = `${source.name}: ${name}`;
    const { dtype, shape, data_offsets: offsets } = entry(value, place);
    const [start, end] = offsets;
    if (offsets.length !== 2 || start === undefined || end === undefined || start > end || end > dataSize)
      throw new ZooError(
        'corrupt-file',
        `${place}: lies at bytes [${offsets}] of ${dataSize}. Fetch or write the file anew.`,
      );
    spans.push({ name, start, end });
    if (!isKnown(dtype)) {
      const what = `has elements of the type ${JSON.stringify(dtype.slice(0, 40))}, which is not read`;
      tensors.set(name, unreadableTensor(name, shape, unsupported(place, what, 'Convert it to F32 first')));
      continue;
    }
    const expected = elements(shape) * bytesPerElement[dtype];
    if (end - start !== expected)
      throw new ZooError(
        'corrupt-file',
        `${place}: has ${end - start} bytes, but [${shape}] of ${dtype} takes ${expected}. Fetch or write the file anew.`,
      );
    tensors.set(name, contiguousTensor({ name, dtype, shape, bytes: partOf(source, dataStart + start, expected) }));
  }
  let reached = 0;
  for (const { name, start, end } of spans.sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (start !== reached)
      throw new ZooError(
        'corrupt-file',
        `${source.name}: ${name} begins at byte ${start}, but the tensor before it ends at ${reached}. Fetch or write the file anew.`,
      );
    reached = end;
  }
  if (reached !== dataSize)
    throw new ZooError(
      'corrupt-file',
      `${source.name}: has ${dataSize} bytes of data, but its tensors take ${reached}. Fetch or write the file anew.`,
    );
  const texts = header.get('__metadata__');
  // The reference implementation takes null for none.
  const said = texts === undefined || texts === null ? {} : metadata(texts, `${source.name}: __metadata__`);
  const hasFilters = [...tensors.values()].some(({ shape }) => shape.length === 4);
  return { tensors, metadata: said, ...(said.format === 'mlx' && hasFilters && { network: ofMlx }) };
}
