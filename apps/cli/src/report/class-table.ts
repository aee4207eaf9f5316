import { percent, thousands } from '../rendering/quantities.ts';
import { classResults } from './class-results.ts';
import { element, escaped } from './markup.ts';

/** Above this many classes, the table is folded up: it would be many screens long. */
const maxRows = 60;

/** How a network does on each class, as a table. */
export function classTable(confusion: readonly (readonly number[])[], classes: readonly string[]): string {
  const rows = classResults(confusion, classes).map(({ name, right, total, share, mistakenFor }) =>
    element(
      'tr',
      {},
      element('td', {}, escaped(name)),
      element('td', { class: 'number' }, total === 0 ? 'no pictures' : percent(share)),
      element(
        'td',
        { class: 'bars' },
        element('span', { class: 'share', style: `width:${(100 * share).toFixed(1)}%` }, ''),
      ),
      element('td', { class: 'number' }, `${thousands(right)} of ${thousands(total)}`),
      element('td', {}, mistakenFor ? escaped(`${mistakenFor.name} (${thousands(mistakenFor.count)})`) : 'nothing'),
    ),
  );
  const head = element(
    'tr',
    {},
    '<th>class</th><th class="number">accuracy</th><th class="bars"></th><th class="number">right</th><th>most often taken for</th>',
  );
  const whole = element('table', {}, element('thead', {}, head), element('tbody', {}, ...rows));
  const table = element('div', { class: 'wide' }, whole);
  if (classes.length <= maxRows) return table;
  return element('details', {}, element('summary', {}, `all ${thousands(classes.length)} classes`), table);
}
