/** Number of insertions, deletions and substitutions that turn `a` into `b` (Levenshtein 1966). */
export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, substitution));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** The known name that the user most likely meant, or undefined if none is similar. */
export function nearestName(typed: string, known: readonly string[]): string | undefined {
  const wanted = typed.toLowerCase();
  const ranked = known
    .map((name) => {
      const whole = editDistance(wanted, name.toLowerCase());
      // Long names are cut short: `alexnet/cifar10` for `alexnet/cifar10-quick`.
      const prefix = editDistance(wanted, name.slice(0, wanted.length).toLowerCase());
      const isPrefix = wanted.length >= 4 && prefix <= wanted.length / 5;
      return { name, whole, distance: isPrefix ? Math.min(whole, prefix + 0.5) : whole };
    })
    .sort((a, b) => a.distance - b.distance || a.whole - b.whole);
  const best = ranked[0];
  return best && best.distance <= Math.max(2, wanted.length / 3) ? best.name : undefined;
}
