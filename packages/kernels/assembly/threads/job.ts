/** The job at hand: one block of memory, which all threads find at the same address. */
import { Control, jobBytes, jobOffset } from './control';

/** Where the block lies, see `Control`. */
export let control: usize = 0;

/** Every instance of the module, the main thread's and the workers', calls this first. */
export function initialize(address: usize): void {
  control = address;
}

/** Where a kernel writes its arguments before `parallel`, and reads them in its items. */
// @ts-ignore: decorator
@inline
export function job<T>(): T {
  if (offsetof<T>() > jobBytes) ERROR("The arguments of a job take more than jobBytes. Hand in an address of scratch for the rest.");
  return changetype<T>(control + jobOffset);
}

/** Threads there are to be, the main one counted. */
export function threadCount(): i32 {
  return changetype<Control>(control).threads;
}
