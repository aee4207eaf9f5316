import { ZooError } from '@zoo/core';

const maxShards = 100_000;

/**
 * The names that a pattern of shards means: `train-{000..003}.tar` is four. A name without braces is itself.
 *
 * @throws ZooError `usage` for a range that is none.
 */
export function expandBraces(pattern: string): string[] {
  const [whole, before = '', first = '', last = '', after = ''] = /^(.*?)\{(\d+)\.\.(\d+)\}(.*)$/s.exec(pattern) ?? [];
  if (whole === undefined) return [pattern];
  const [from, to] = [Number(first), Number(last)];
  if (to < from || to - from >= maxShards)
    throw new ZooError(
      'usage',
      `${pattern}: {${first}..${last}} is no range of shards, expected {000..009} or the like.`,
    );
  const rest = expandBraces(after);
  return Array.from(
    { length: to - from + 1 },
    (_, i) => `${before}${String(from + i).padStart(first.length, '0')}`,
  ).flatMap((name) => rest.map((end) => `${name}${end}`));
}
