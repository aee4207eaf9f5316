import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { WasmBackend } from './backend.ts';

/** A filter that has been used, and its panels once it is used again. */
interface Used {
  groups: number;
  /** 0: none are kept. */
  panels: number;
}

/** Bytes that the panels of one filter may take: the largest of an AlexNet's are 14 MB. */
const maxBytes = 2 ** 26;

const used = new WeakMap<WasmBackend, Map<number, Used>>();

const nameOf = (backend: WasmBackend, { dataId }: TensorInfo): number => backend.dataIdMap.get(dataId).id;

/** Lets go of a filter's panels when tfjs lets go of its elements. Those never change under one name, see successor.ts. */
export function watchFilters(backend: WasmBackend): void {
  const filters = new Map<number, Used>();
  used.set(backend, filters);
  const { tfjs } = backend.wasm;
  const { disposeData } = tfjs;
  tfjs.disposeData = (id) => {
    const panels = filters.get(id)?.panels;
    if (panels) backend.wasm._free(panels);
    filters.delete(id);
    disposeData(id);
  };
}

/** Whether a filter is used again as it was: then it is worth keeping what is made of it. */
export function usedAgain(backend: WasmBackend, filter: TensorInfo, groups: number): boolean {
  const filters = used.get(backend);
  const name = nameOf(backend, filter);
  const before = filters?.get(name);
  if (!before) filters?.set(name, { groups, panels: 0 });
  return before?.groups === groups;
}

/** Where a used filter's panels are kept, and whether they are there already; undefined where there is no memory for them. */
export function keptPanels(
  backend: WasmBackend,
  filter: TensorInfo,
  bytes: number,
): { address: number; filled: boolean } | undefined {
  const before = used.get(backend)?.get(nameOf(backend, filter));
  if (!before) return undefined;
  if (before.panels) return { address: before.panels, filled: true };
  if (bytes > maxBytes) return undefined;
  before.panels = backend.wasm._malloc(bytes) >>> 0;
  return before.panels ? { address: before.panels, filled: false } : undefined;
}
