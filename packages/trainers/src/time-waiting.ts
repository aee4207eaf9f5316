/**
 * The same values, with the time that passed between asking for each and having it added up in `waiting`: what a training waited for its
 * data, computed elsewhere or by this thread itself.
 */
export async function* timeWaiting<T>(
  values: AsyncGenerator<T, void, undefined>,
  waiting: { seconds: number },
): AsyncGenerator<T, void, undefined> {
  try {
    for (;;) {
      const asked = performance.now();
      const { value, done } = await values.next();
      waiting.seconds += (performance.now() - asked) / 1000;
      if (done) return;
      yield value;
    }
  } finally {
    await values.return();
  }
}
