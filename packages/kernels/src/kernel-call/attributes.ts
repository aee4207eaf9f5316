import type { NamedAttrMap } from '@tensorflow/tfjs-core';
import { ZooError } from '@zoo/core';

/** A number among a kernel's attributes, checked. */
export function numberOf(attrs: NamedAttrMap, name: string): number {
  const value = attrs[name];
  if (typeof value === 'number') return value;
  throw new ZooError('backend', `@zoo/kernels: attribute ${name} must be a number, got ${JSON.stringify(value)}.`);
}
