import { inferShapes, type ModelSpec, shortLayerNames } from '@zoo/spec';
import { channelsFirst } from './channels-first.ts';
import { isListed } from './is-listed.ts';
import { torchModule } from './torch-module.ts';

/** A module of the original. */
export interface LayerRecord {
  /** `features.0`, as in its checkpoints. */
  name: string;
  /** The name in Caffe's original, or the one that Caffe's networks give to such a layer in such a place: `conv1`, `fc7`. */
  also?: string;
  /** PyTorch's class: `Conv2d`. */
  type: string;
  /** Of one example, channels first: `[96, 55, 55]`. */
  outputShape: number[];
  parameters: number;
}

/** A network as JSON. */
export interface SummaryRecord {
  /** `alexnet/paper`. */
  preset: string;
  parameters: number;
  /** For one example, as torchinfo counts them. */
  multAdds: number;
  /** `[height, width, channels]`. */
  input: number[];
  classes: number;
  layers: LayerRecord[];
}

const alsoOf = (also: string | undefined): { also?: string } => (also === undefined ? {} : { also });

/**
 * A network and its modules as plain data, for `JSON.stringify`.
 *
 * @throws ZooError `spec` when the layers do not fit together.
 */
export function summaryRecord(spec: ModelSpec): SummaryRecord {
  const model = inferShapes(spec);
  const short = shortLayerNames(model);
  return {
    preset: `${spec.family}/${spec.preset}`,
    parameters: model.parameters,
    multAdds: model.multAdds,
    input: [...spec.input],
    classes: spec.classes,
    layers: model.layers.filter(isListed).map((layer) => ({
      name: layer.path,
      ...alsoOf(short.get(layer.path)),
      type: torchModule(layer).type,
      outputShape: channelsFirst(layer.output),
      parameters: layer.parameters,
    })),
  };
}
