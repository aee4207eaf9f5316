/** How a network does on one class. */
export interface ClassResult {
  name: string;
  right: number;
  total: number;
  /** Share of its pictures that got its name; 0 where there are none. */
  share: number;
  /** What it is most often mistaken for, where it ever is. */
  mistakenFor?: { name: string; count: number };
}

/** A confusion matrix, class by class. */
export const classResults = (confusion: readonly (readonly number[])[], classes: readonly string[]): ClassResult[] =>
  confusion.map((counts, index) => {
    const total = counts.reduce((sum, count) => sum + count, 0);
    const right = counts[index] ?? 0;
    const [worst] = counts
      .map((count, predicted) => ({ name: classes[predicted] ?? '', count, predicted }))
      .filter(({ count, predicted }) => predicted !== index && count > 0)
      .sort((a, b) => b.count - a.count);
    return {
      name: classes[index] ?? '',
      right,
      total,
      share: total === 0 ? 0 : right / total,
      ...(worst && { mistakenFor: { name: worst.name, count: worst.count } }),
    };
  });
