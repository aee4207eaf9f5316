import type { RunRecord } from '../run/run-record.ts';
import { commandLine } from '../run/typed-command.ts';
import { commandMarkup, element, escaped } from './markup.ts';
import { section } from './page.ts';
import { type SettingGroup, settingsOf } from './settings.ts';

const titles: Readonly<Record<SettingGroup, string>> = {
  network: 'The network',
  data: 'The data',
  training: 'The training',
  machine: 'Where and when',
};

const row = (title: string, text: string): string =>
  element('tr', {}, element('th', { scope: 'row' }, escaped(title)), element('td', {}, escaped(text)));

/** The commands that made a run, and everything that they stood for. */
export function provenance(record: RunRecord, command: string): string {
  const settings = settingsOf(record);
  const groups: SettingGroup[] = ['network', 'data', 'training', 'machine'];
  const lines = record.commands.map((words) => `${command} ${commandLine(words)}`);
  return section(
    'How it was made',
    lines.length === 1
      ? 'By this command. The same options and seed give the same network on the same backend.'
      : 'By these commands, one after the other. The same options and seed give the same network on the same backend.',
    element('pre', {}, commandMarkup(lines.join('\n'))),
    ...groups.map((group) =>
      element(
        'table',
        { class: 'options' },
        element('caption', {}, titles[group]),
        ...settings.filter((one) => one.group === group).map(({ title, text }) => row(title, text)),
      ),
    ),
  );
}
