export { writeFiles } from '#files';
export { blocksOf, dequantised, type Quantisation, type Scale } from './elements/dequantised.ts';
export { unreadableTensor } from './elements/stored-tensor.ts';
export type { Format, Glimpse } from './format.ts';
export { formats } from './formats.ts';
export { openTensors } from './open-tensors.ts';
export { type SaveTensorsOptions, saveTensors, tensorFiles, writtenFormat } from './save-tensors.ts';
export { elements } from './tensor.ts';
export type * from './types.ts';
