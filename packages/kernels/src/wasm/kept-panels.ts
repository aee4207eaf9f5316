import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { WasmBackend } from './heap.ts';

/** A filter that has been used, and its panels once it is used again. */
interface Used {
  groups: number;
  /** 0: none are kept. */
  panels: number;
}

/** Bytes that the panels of one filter may take: the largest of an AlexNet's are 14 MB. */
const mostBytes = 2 ** 26;

const used = new WeakMap<WasmBackend, Map<number, Used>>();

const nameOf = (heap: WasmBackend, { dataId }: TensorInfo): number => heap.dataIdMap.get(dataId).id;

/** Lets go of a filter's panels when tfjs lets go of its numbers. Those never change under one name, see successor.ts. */
export function watchFilters(heap: WasmBackend): void {
  const filters = new Map<number, Used>();
  used.set(heap, filters);
  const { tfjs } = heap.wasm;
  const { disposeData } = tfjs;
  tfjs.disposeData = (id) => {
    const panels = filters.get(id)?.panels;
    if (panels) heap.wasm._free(panels);
    filters.delete(id);
    disposeData(id);
  };
}

/** Whether a filter is used again as it was: then it is worth keeping what is made of it. */
export function usedAgain(heap: WasmBackend, filter: TensorInfo, groups: number): boolean {
  const filters = used.get(heap);
  const name = nameOf(heap, filter);
  const before = filters?.get(name);
  if (!before) filters?.set(name, { groups, panels: 0 });
  return before?.groups === groups;
}

/** Where a used filter's panels are kept, and whether they are there already; undefined where there is no memory for them. */
export function keptPanels(
  heap: WasmBackend,
  filter: TensorInfo,
  bytes: number,
): { address: number; filled: boolean } | undefined {
  const before = used.get(heap)?.get(nameOf(heap, filter));
  if (!before) return undefined;
  if (before.panels) return { address: before.panels, filled: true };
  if (bytes > mostBytes) return undefined;
  before.panels = heap.wasm._malloc(bytes) >>> 0;
  return before.panels ? { address: before.panels, filled: false } : undefined;
}
