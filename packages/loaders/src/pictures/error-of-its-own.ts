import { decoderReasons } from './decoder-reason.ts';

/** What else is decoded takes away every third error, at most. */
const maxTries = 8;

const isClear = (error: unknown): boolean => decoderReasons(error).length === 1;

/**
 * The error of a picture alone. libvips collects errors in one place for all threads of a process: whatever is decoded meanwhile takes
 * their lines away, or adds its own. So a picture whose error says nothing, or several things, is decoded again: until the error says one
 * thing, or the same twice.
 *
 * @param error What decoding it has thrown.
 * @param decode Decodes it again.
 */
export async function errorOfItsOwn(error: unknown, decode: () => Promise<unknown>): Promise<unknown> {
  let last = error;
  for (let tries = 0; tries < maxTries && !isClear(last); tries++) {
    const before = decoderReasons(last).join();
    try {
      await decode();
    } catch (again) {
      last = again;
    }
    if (before !== '' && decoderReasons(last).join() === before) break;
  }
  return last;
}
