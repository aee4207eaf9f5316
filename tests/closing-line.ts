import type { Reporter, TestModule } from 'vitest/node';
import { notesNotRun } from '../packages/testing/src/not-run.ts';

/** Ends every run with one line that people and scripts can read: `N passed, N failed`. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const count = { passed: 0, failed: errors.length, skipped: 0, pending: 0 };
    const runAgain: string[] = [];
    for (const module of modules) {
      if (module.errors().length > 0) count.failed += 1;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        count[state] += 1;
        if (state === 'passed' && (test.diagnostic()?.retryCount ?? 0) > 0)
          runAgain.push(`Passed only when run again: ${module.relativeModuleId}: ${test.fullName}`);
      }
    }
    const short = 'Of alike cases one of each kind was run: ZOO_TESTS=complete npm test runs all.';
    const notes = [
      ...(process.env.ZOO_TESTS === 'complete' ? [] : [short]),
      ...notesNotRun(),
      ...runAgain,
      ...(count.skipped > 0 ? [`${count.skipped} skipped`] : []),
    ];
    if (notes.length > 0) process.stdout.write(`\n${notes.join('\n')}\n`);
    process.stdout.write(`\n${count.passed} passed, ${count.failed} failed\n`);
  }
}
