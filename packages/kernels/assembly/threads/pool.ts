/**
 * The thread pool. A job is a number of items, independent of one another; whichever thread is free takes the next one.
 * The main thread works along, so a job is finished whether there are workers or not, and however busy their cores are.
 *
 * Items are taken by one compare-and-swap on `ticket`, which holds the job's generation beside the count: a worker that
 * wakes late can never take an item of one job for an item of the next. Between taking an item and counting it as done
 * the job cannot end, so its arguments stay as they are.
 */
import { runItem } from '../generated/dispatch';
import { Control } from './control';
import { control, initialize } from './job';
import { noAnswer, ok, threadFailed } from './status';

/** Runs items `0 .. items` of the kernel `kind` on all threads, and returns when they are finished. */
export function parallel(kind: i32, items: i32): i32 {
  if (ASC_FEATURE_THREADS) {
    if (items > 1) {
      publish(kind, items);
      help(0);
      return finish(items);
    }
  }
  for (let item = 0; item < items; item++) runItem(kind, item, 0);
  return ok;
}

function publish(kind: i32, items: i32): void {
  const state = changetype<Control>(control);
  const generation = state.newest + 1;
  state.kind = kind;
  atomic.store<i32>(control + offsetof<Control>('done'), 0);
  atomic.store<u64>(control + offsetof<Control>('ticket'), ((<u64>(<u32>generation)) << 32) | <u64>items);
  atomic.store<i32>(control + offsetof<Control>('newest'), generation);
  atomic.notify(control + offsetof<Control>('newest'), -1);
}

/** Takes items and runs them until there are none left, and says whether there were any. `thread` is 0 for the main thread. */
function help(thread: i32): bool {
  const ticket = control + offsetof<Control>('ticket');
  let helped = false;
  let seen = atomic.load<u64>(ticket);
  while (<u32>seen != 0) {
    const found = atomic.cmpxchg<u64>(ticket, seen, seen - 1);
    if (found == seen) {
      runItem(changetype<Control>(control).kind, <i32>(<u32>seen) - 1, thread);
      atomic.add<i32>(control + offsetof<Control>('done'), 1);
      helped = true;
      seen = atomic.load<u64>(ticket);
    } else seen = found;
  }
  if (helped) atomic.notify(control + offsetof<Control>('done'), 1);
  return helped;
}

/** How often a thread looks before it sleeps: about 200 microseconds, in which the next kernel of a network comes as a rule; a wake-up costs as much. */
const spins = 100000;
/** As often stands for a millisecond where the main thread may not sleep. */
const spinsPerMillisecond: i64 = 500000;
const nanosecondsPerMillisecond: i64 = 1000000;

/**
 * Until all items are done. Sleeps are short, because Node 20 loses one wake-up in some thousands
 * (the sleeper is no longer on the engine's list, and sleeps on): then a millisecond is lost, not the job.
 */
function finish(items: i32): i32 {
  const state = changetype<Control>(control);
  const counter = control + offsetof<Control>('done');
  const failed = control + offsetof<Control>('failed');
  let done = atomic.load<i32>(counter);
  for (let look = 0; look < spins && done < items; look++) done = atomic.load<i32>(counter);
  let left = state.timeout;
  while (done < items && !atomic.load<i32>(failed)) {
    if (state.mayBlock) atomic.wait<i32>(counter, done, nanosecondsPerMillisecond);
    else for (let look: i64 = 0; look < spinsPerMillisecond && atomic.load<i32>(counter) == done; look++);
    const before = done;
    done = atomic.load<i32>(counter);
    left = done == before ? left - 1 : state.timeout;
    if (left < 0) return noAnswer;
  }
  return atomic.load<i32>(failed) ? threadFailed : ok;
}

/** A worker's first call: it counts as present from then on. */
export function enter(address: usize): void {
  initialize(address);
  if (ASC_FEATURE_THREADS) atomic.add<i32>(control + offsetof<Control>('ready'), 1);
}

/**
 * What a worker calls over and over: it helps with what there is, or sleeps until there is something, at most as many
 * milliseconds as it is told. It returns in between, for engines replace slow code by fast only when a function is called.
 */
export function serve(thread: i32, milliseconds: i32): bool {
  if (!ASC_FEATURE_THREADS) return false;
  const newest = control + offsetof<Control>('newest');
  const generation = atomic.load<i32>(newest);
  if (help(thread)) return true;
  for (let look = 0; look < spins; look++) if (atomic.load<i32>(newest) != generation) return true;
  return atomic.wait<i32>(newest, generation, nanosecondsPerMillisecond * milliseconds) != AtomicWaitResult.TIMED_OUT;
}

/** Called in place of a thread that broke down: the main thread learns of it at once. */
export function fail(): void {
  if (!ASC_FEATURE_THREADS) return;
  atomic.store<i32>(control + offsetof<Control>('failed'), 1);
  atomic.notify(control + offsetof<Control>('done'), 1);
}
