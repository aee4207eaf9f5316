import type { Initializer } from '@zoo/spec';

/** Initial values in words. */
export function initializerText(initializer: Initializer): string {
  if (typeof initializer === 'number') return `${initializer}`;
  if (typeof initializer === 'object')
    return 'normal' in initializer
      ? `N(0, ${initializer.normal})`
      : `uniform in ±${initializer.uniformOverFanIn}/fan-in`;
  return initializer === 'xavier-uniform' ? 'Xavier-uniform' : 'uniform in ±1/√fan-in';
}
