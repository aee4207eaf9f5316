const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Whether tfjs, which keeps its engine in a global, runs its backend webgpu. tfjs itself is not imported: most files do without. */
export function hasWebgpu(global: object): boolean {
  const engine: unknown = Reflect.get(global, '_tfengine');
  const registry: unknown = isObject(engine) ? Reflect.get(engine, 'registry') : undefined;
  return isObject(registry) && 'webgpu' in registry;
}

/**
 * What is wrong with a file of tests that started WebGPU on a software adapter in a process which it shares: files that come later,
 * and choose a backend by themselves, would find it running, and be twenty times as slow.
 */
export function softwareWebgpuOf(file: string | undefined, before: boolean, after: boolean): string | undefined {
  if (before || !after) return undefined;
  return `${file ?? 'a file of tests'} started the backend webgpu on a software adapter in a process that it shares: later files that choose their backend would run on it. Name the file in \`onBackends\` or \`ownProcess\` of vitest.config.ts.`;
}
