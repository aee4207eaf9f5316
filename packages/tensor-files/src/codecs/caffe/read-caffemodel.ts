import { damaged, unsupported } from '../../damaged.ts';
import type { Contents } from '../../format.ts';
import type { MeteredBytes } from '../../meter.ts';
import { type Field, fieldBatches } from '../../protobuf/fields.ts';
import { textOf } from '../../protobuf/scalars.ts';
import type { StatedLayer } from '../../stated-network.ts';
import type { StoredTensor } from '../../tensor.ts';
import { type Blob, blobTensor, readBlob } from './blob.ts';
import { netLayer, netPictures, type ParameterKind, parameterFields, v1Types } from './net-layers.ts';
import { type Parameters, readParameters } from './parameters.ts';

/** Numbers of fields in caffe.proto. `layers` is NetParameter's list before 2014 (V1), `layer` the one since (V2). */
const layerLists: Readonly<Record<2 | 100, { name: number; type: number; blobs: number }>> = {
  2: { name: 4, type: 5, blobs: 6 },
  100: { name: 1, type: 2, blobs: 7 },
};
/** A V1LayerParameter's own `layer`: the form of 2013 (V0). */
const v0Layer = 1;

const roles = ['weight', 'bias'];
const maxNameLength = 1000;

/** Objects that a layer takes. */
const objectsPerLayer = 10;

interface Layer {
  name: string;
  type: string;
  blobs: Field[];
  parameters: Map<ParameterKind, Parameters>;
}

async function readLayer(source: MeteredBytes, list: 2 | 100, { start, end }: Field): Promise<Layer> {
  const numbers = layerLists[list];
  source.meter.spend('objects', objectsPerLayer);
  const layer: Layer = { name: '', type: '', blobs: [], parameters: new Map() };
  for await (const batch of fieldBatches(source, start, end))
    for (const field of batch) {
      if (list === 2 && field.number === v0Layer)
        throw unsupported(
          source.name,
          "has layers of Caffe's form of 2013 (V0)",
          'Convert it with upgrade_net_proto_binary',
        );
      if (field.number === numbers.name && field.wire === 2)
        layer.name = await textOf(source, field, "layer's name", maxNameLength);
      if (field.number === numbers.type && field.wire === 0) layer.type = v1Types[field.value] ?? `V1 ${field.value}`;
      if (field.number === numbers.type && field.wire === 2)
        layer.type = await textOf(source, field, "layer's type", maxNameLength);
      const parameters = parameterFields.find((one) => one[list] === field.number);
      if (parameters && field.wire === 2) layer.parameters.set(parameters.kind, await readParameters(source, field));
      if (field.number === numbers.blobs && field.wire === 2) {
        source.meter.spend('objects', 1);
        layer.blobs.push(field);
      }
    }
  return layer;
}

/**
 * Old files give every blob four axes, `1 x 1 x out x in` for an inner product and `1 x 1 x 1 x out` for a bias:
 * axes that stand for nothing are left out.
 */
function trimmed({ shape, legacy }: Blob, role: string | undefined, innerProduct: boolean): number[] {
  const axes = role === 'bias' ? 1 : role === 'weight' && innerProduct ? 2 : 4;
  const surplus = shape.slice(0, Math.max(0, shape.length - axes));
  return legacy && surplus.every((size) => size === 1) ? shape.slice(surplus.length) : shape;
}

/**
 * Weights of a network of Caffe (NetParameter of caffe.proto), old messages or new. Blobs are named by their layer:
 * `conv1.weight`, `conv1.bias`, and by number where there are more: `norm.2`. Shapes are Caffe's, which are PyTorch's:
 * `[out, in / groups, kH, kW]`, `[out, in]`, `[out]`. What the layers compute comes as `network`.
 *
 * @throws ZooError `corrupt-file` when it is damaged, or of 2013.
 */
export async function readCaffemodel(source: MeteredBytes): Promise<Contents> {
  const tensors = new Map<string, StoredTensor>();
  const layers: StatedLayer[] = [];
  let transform: Parameters | undefined;
  for await (const batch of fieldBatches(source, 0, source.size))
    for (const field of batch) {
      if ((field.number !== 2 && field.number !== 100) || field.wire !== 2) continue;
      const layer = await readLayer(source, field.number, field);
      const stated = netLayer(layer.name, layer.type, (kind) => layer.parameters.get(kind), layer.blobs.length);
      if (stated) layers.push(stated);
      transform ??= layer.parameters.get('transform');
      for (const [index, { start, end }] of layer.blobs.entries()) {
        const role = roles[index];
        const name = `${layer.name}.${role ?? index}`;
        const blob = await readBlob(source, { start, end }, `${source.name}: ${name}`);
        if (tensors.has(name)) throw damaged(source.name, `has two layers of the name ${layer.name}`);
        tensors.set(name, blobTensor(name, trimmed(blob, role, layer.type === 'InnerProduct'), blob, source));
      }
    }
  if (tensors.size === 0) throw damaged(source.name, 'has no layers with weights, so it is no whole .caffemodel file');
  return { tensors, metadata: {}, network: { layers, pictures: netPictures(transform) } };
}

/** Caffe's mean image (a BlobProto): one tensor, `mean`, `[1, channels, height, width]`, in BGR. */
export async function readBinaryproto(source: MeteredBytes): Promise<Contents> {
  const blob = await readBlob(source, { start: 0, end: source.size }, source.name);
  if (blob.shape.length < 3) throw damaged(source.name, `holds [${blob.shape}] numbers, which are no mean image`);
  return {
    tensors: new Map([['mean', blobTensor('mean', blob.shape, blob, source)]]),
    metadata: {},
    network: {
      layers: [],
      unread: {
        what: "is a mean image of Caffe, which is subtracted from pictures, and no network's weights",
        advice: 'Give the .caffemodel',
      },
    },
  };
}
