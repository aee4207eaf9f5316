/**
 * From the kind of a job to the function that does one of its items. A switch, and no table of function pointers:
 * those would need data at fixed addresses of a heap that is tfjs's.
 */
import { multiplyBlock, packShared } from './product';
import { sumColumns } from './sum-rows';

export namespace Kind {
  export const sumRows = 1;
  export const packShared = 2;
  export const multiplyBlock = 3;
}

export function runItem(kind: i32, item: i32, thread: i32): void {
  switch (kind) {
    case Kind.sumRows:
      return sumColumns(item);
    case Kind.packShared:
      return packShared(item, thread);
    case Kind.multiplyBlock:
      return multiplyBlock(item, thread);
    default:
      unreachable();
  }
}
