/**
 * The module's kernels, one file each in `assembly/`. Tensors are addresses of their first number, shapes are counts;
 * the result is a status that `Core.run` checks.
 */
export interface KernelExports {
  /** `out[c] = sum over r of x[r, c]`. */
  sumRows(x: number, out: number, rows: number, columns: number): number;
}

export type KernelName = keyof KernelExports;

/** What the pool itself exports. */
interface PoolExports {
  initialize(control: number): void;
}

const names: readonly (KernelName | keyof PoolExports)[] = ['initialize', 'sumRows'];

/** True for the exports of our module. */
export const isKernelExports = (exports: object): exports is KernelExports & PoolExports =>
  names.every((name) => typeof Reflect.get(exports, name) === 'function');
