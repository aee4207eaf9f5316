export { type LayerText, layerText } from './layer-text.ts';
export { mermaid } from './mermaid.ts';
export { summary } from './summary.ts';
export { type LayerRecord, type SummaryRecord, summaryRecord } from './summary-record.ts';
export { torchRepr } from './torch-repr.ts';
export { torchSource } from './torch-source.ts';
