import { existsSync } from 'node:fs';

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** What npm's `webgpu` gives, as far as it is used here. */
interface Dawn {
  create: (options: string[]) => unknown;
  globals: object;
}

const isDawn = (module: unknown): module is Dawn =>
  isObject(module) &&
  'create' in module &&
  typeof module.create === 'function' &&
  'globals' in module &&
  isObject(module.globals);

/**
 * Gives Node what a browser has: `navigator.gpu`, from npm's `webgpu` (Dawn). Once it is there, nothing is changed.
 * It must be in place before tfjs's webgpu backend is loaded.
 */
export async function provideGpu(): Promise<void> {
  const there: unknown = Reflect.get(globalThis, 'navigator');
  if (isObject(there) && 'gpu' in there) return;
  // Graphics drivers look for a desktop under this folder, and complain on standard error where it is not named.
  process.env.XDG_RUNTIME_DIR ??= process.env.TMPDIR ?? '/tmp';
  // Not spelt out, so that bundlers for servers leave it alone: it is an addon.
  const name = 'webgpu';
  const module: unknown = await import(/* @vite-ignore */ /* webpackIgnore: true */ name);
  if (!isDawn(module)) throw new Error('the package webgpu is of another version');
  for (const [key, value] of Object.entries(module.globals))
    if (!(key in globalThis)) Reflect.set(globalThis, key, value);
  // Node has a navigator from version 21 on; tfjs looks at its user agent as soon as there is one.
  const navigator = isObject(there) ? there : { userAgent: `Node.js/${process.versions.node}` };
  Object.defineProperty(navigator, 'gpu', { value: module.create([]), configurable: true });
  if (navigator !== there)
    Object.defineProperty(globalThis, 'navigator', { value: navigator, configurable: true, writable: true });
}

/** What Linux shows of a graphics card with a driver: that of the kernel, NVIDIA's own, and that of Windows beneath. */
const devices = ['/dev/dri', '/dev/nvidiactl', '/dev/dxg'];

/**
 * Whether there may be a graphics card. Where Linux shows none, Vulkan and Dawn need not be asked: they are long in loading,
 * and complain on standard error.
 */
export const mayHaveGraphicsCard = (): boolean =>
  process.platform !== 'linux' || devices.some((device) => existsSync(device));

export const softwareAdvice =
  'To compute on the processor instead, which is slower than wasm: install a software adapter, set VK_ICD_FILENAMES to its file (Debian, package chromium: /usr/lib/chromium/vk_swiftshader_icd.json), and pass software: true (zoo: --software).';

/** The packages that the backend webgpu needs here. */
export const packages = ['@tensorflow/tfjs-backend-webgpu', 'webgpu'];
