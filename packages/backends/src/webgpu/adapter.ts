import { ZooError } from '@zoo/core';
import { softwareAdvice } from '#platform/gpu';

/** An adapter that the browser, or Dawn, offers. */
export interface Adapter {
  gpu: GPUAdapter;
  /** `NVIDIA H100`, `SwiftShader driver 5.0.0`. */
  name: string;
  /** Computes on the processor. */
  software: boolean;
}

const text = (info: object, key: string): string => {
  const value: unknown = Reflect.get(info, key);
  return typeof value === 'string' ? value : '';
};

/** Known by a flag that is new, and by names where the flag is missing. */
function isSoftware(gpu: GPUAdapter, info: object): boolean {
  const flag: unknown = Reflect.get(info, 'isFallbackAdapter') ?? Reflect.get(gpu, 'isFallbackAdapter');
  const names = ['vendor', 'architecture', 'device', 'description'].map((key) => text(info, key)).join(' ');
  return flag === true || /swiftshader|llvmpipe|lavapipe|basic render driver/i.test(names);
}

async function request(software: boolean): Promise<Adapter | undefined> {
  const gpu = await navigator.gpu.requestAdapter(
    software ? { forceFallbackAdapter: true } : { powerPreference: 'high-performance' },
  );
  if (!gpu) return undefined;
  const info: unknown = Reflect.get(gpu, 'info');
  const about = typeof info === 'object' && info !== null ? info : {};
  const name =
    text(about, 'description') ||
    [text(about, 'vendor'), text(about, 'architecture') || text(about, 'device')].filter(Boolean).join(' ') ||
    'a graphics adapter';
  return { gpu, name, software: isSoftware(gpu, about) };
}

/** With one line that says what to do. */
export const noAdapter = (): ZooError =>
  new ZooError(
    'backend',
    `webgpu: no graphics adapter is found here. Install the graphics card's driver (Linux: with Vulkan). ${softwareAdvice}`,
  );

/**
 * The adapter to compute on: a real one, unless a software one is asked for.
 * @throws ZooError `backend` when there is none.
 */
export async function findAdapter(software: boolean): Promise<Adapter> {
  // A request for a software adapter alone finds none where the only one is not called so.
  const found = (software ? await request(true) : undefined) ?? (await request(false));
  if (!found) throw noAdapter();
  if (found.software && !software)
    throw new ZooError(
      'backend',
      `webgpu: only a software adapter is found here (${found.name}), slower than wasm. Install the graphics card's driver, or ask for this one with software.`,
    );
  return found;
}
