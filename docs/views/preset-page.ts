import { mermaid, summary, torchRepr } from '@zoo/inspect';
import { inferShapes, type ModelSpec } from '@zoo/spec';
import { checkpointTable } from './checkpoint-table.ts';
import { facts } from './facts.ts';
import { figure } from './figure.ts';
import { layerTable } from './layer-table.ts';
import { percent } from './numbers.ts';
import { trainingTime } from './training-time.ts';
import { cliUsage, dataFor, typescriptUsage } from './usage.ts';

const fence = (language: string, code: string): string => `\`\`\`${language}\n${code}\n\`\`\``;

/** Which layers have the parameters, and which take the time. */
function whereItGoes(spec: ModelSpec): string {
  const { layers, parameters, multAdds } = inferShapes(spec);
  const convolutions = layers.filter(({ layer }) => layer.kind === 'conv');
  const sum = (field: 'parameters' | 'multAdds') => convolutions.reduce((total, layer) => total + layer[field], 0);
  return `The convolutions hold ${percent(sum('parameters'), parameters)} of the parameters and do ${percent(sum('multAdds'), multAdds)} of the multiplications.`;
}

/** A preset's page, derived from its spec alone. */
export function presetPage(spec: ModelSpec): string {
  const shaped = inferShapes(spec);
  const name = `${spec.family}/${spec.preset}`;
  return [
    '---\npageClass: preset\n---',
    `# ${name}`,
    `${spec.title}.`,
    figure(spec),
    facts(spec, shaped),
    '## Use',
    fence('ts', typescriptUsage(spec)),
    `From a terminal, where [\`@zoo/cli\`](/commands/) is installed:`,
    fence('sh', cliUsage(spec)),
    trainingTime(spec, dataFor(spec).data),
    '## Layers',
    `Outputs are height × width × channels. ${whereItGoes(spec)}`,
    layerTable(shaped),
    '## Diagram',
    `From \`zoo summary ${name} --style mermaid\`, channels first.`,
    fence('mermaid', mermaid(spec)),
    '## Summary',
    `As torchinfo prints it: \`zoo summary ${name} --style torchinfo\`.`,
    fence('text', summary(spec)),
    '## PyTorch',
    `As \`print(model)\` shows the original: \`zoo summary ${name} --style torch\`.`,
    fence('text', torchRepr(spec)),
    '## Checkpoint',
    "Names and shapes of the original's tensors, in PyTorch's layout. `loadWeights(model, file)` finds them in files of PyTorch, safetensors, NumPy, Caffe, Keras, TensorFlow.js and ONNX, and lays them out for TensorFlow.js; `saveWeights(model, file)` writes them back. [Weights](/guide/weights) says what opens, what is written, and how names are matched.",
    checkpointTable(shaped),
  ].join('\n\n');
}
