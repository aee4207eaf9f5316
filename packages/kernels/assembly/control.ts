/**
 * What the threads share: one block of the heap, at the same address for all of them.
 * The loader allocates it with tfjs's `_malloc`, filled with zeros; `src/wasm/module/threads.ts` knows `failed` and `ready`.
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
  /** Which kernel the job belongs to, see run-item.ts. */
  kind: i32;
  /** Non-zero where the main thread may sleep, which that of a browser may not. */
  mayBlock: i32;
  /** Milliseconds without any item finished after which the main thread gives up. */
  patience: i32;
  /** Threads there are to be, the main one counted. */
  threads: i32;
}

/** The block holds `Control`, then the arguments of the job, which are the kernel's own class, and last, from byte 448, what `Core.list` writes. */
export const jobOffset: usize = 64;
