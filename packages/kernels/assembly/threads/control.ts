/**
 * What the threads share: one block of the heap, at the same address for all of them, which the loader allocates with tfjs's
 * `_malloc` and fills with zeros.
 *
 *     0        64                        448
 *     Control  arguments of the job      a structure that a call takes, such as Geometry
 */
@unmanaged
export class Control {
  /** Generation of the job in the upper half, items nobody has taken yet in the lower. */
  ticket: u64;
  /** Items that are finished. */
  done: i32;
  /** Set by a thread that broke down. */
  failed: i32;
  /** What idle threads sleep on: the generation of the newest job. */
  newest: i32;
  /** Threads that have started, the main one not counted. */
  ready: i32;
  /** Which function does its items, see `Kind`. */
  kind: i32;
  /** Non-zero where the main thread may sleep, which that of a browser may not. */
  mayBlock: i32;
  /** Milliseconds without any item finished after which the main thread gives up. */
  timeout: i32;
  /** Threads there are to be, the main one counted. */
  threads: i32;
}

/** Where the arguments of the job begin, which are a class of the kernel's own, and the bytes that it may have. */
export const jobOffset: usize = 64;
export const jobBytes: usize = 384;
