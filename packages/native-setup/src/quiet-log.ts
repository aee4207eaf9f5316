import { createReadStream } from 'node:fs';
import path from 'node:path';
import type { Libtensorflow } from './libtensorflow.ts';

/** Abseil's `MinLogLevel()`, under the name of its release: every message asks it whether to be written. */
const levelFunction = /_ZN4absl\d+lts_\d+11MinLogLevelEv/;
const maxNameLength = 100;

async function levelFunctionIn(file: string): Promise<string | undefined> {
  let text = '';
  for await (const piece of createReadStream(file, { encoding: 'latin1', highWaterMark: 1 << 20 })) {
    text = text.slice(-maxNameLength) + piece;
    const found = levelFunction.exec(text);
    if (found) return found[0];
  }
  return undefined;
}

/**
 * C++ that makes TensorFlow's log heed `TF_CPP_MIN_LOG_LEVEL` from the first message on: TensorFlow reads it only after it
 * has announced oneDNN, and CUDA's absence, while its library is being loaded. The addon's own functions come before the library's.
 *
 * @returns Nothing to compile where the library logs by other means.
 */
export async function quietLog({ folder, libraries }: Libtensorflow): Promise<string> {
  // The library that the others stand on comes last.
  for (const name of libraries.toReversed()) {
    const symbol = await levelFunctionIn(path.join(folder, name));
    if (symbol !== undefined)
      return `#include <cstdlib>
extern "C" __attribute__((visibility("default"))) int zoo_min_log_level() __asm__("${symbol}");
extern "C" int zoo_min_log_level() {
  const char *asked = std::getenv("TF_CPP_MIN_LOG_LEVEL");
  return asked == nullptr ? 0 : std::atoi(asked);
}
`;
  }
  return '';
}
