// Three runs and more as tables in Markdown: what differs first, then what is the same in all.
import { l10n } from 'vscode';
import type { RunFacts } from './run-facts';

/** One column for each run, one table for each section. */
export function comparisonTable(facts: readonly RunFacts[]): string {
  const [overview, ...sections] = sectionsOf(facts);
  const names = overview?.rows.find(({ values }) => values.some((value) => value !== null))?.values ?? [];
  const others = overview?.rows.slice(1) ?? [];
  const differing = [{ title: overview?.title ?? '', rows: others }, ...sections]
    .map(({ title, rows }) => ({ title, rows: rows.filter(isDiffering) }))
    .filter(({ rows }) => rows.length > 0);
  const same = sections.flatMap(({ title, rows }) =>
    rows.filter((row) => !isDiffering(row)).map((row) => ({ title, row })),
  );
  return [
    `# ${l10n.t('{0} runs side by side', facts.length)}`,
    ...differing.map(({ title, rows }) => table([title, ...names.map((name) => name ?? '–')], rows)),
    ...(same.length === 0 ? [] : [`## ${l10n.t('The same in all')}`, sameTable(same)]),
    '',
  ].join('\n\n');
}

interface Row {
  name: string;
  /** Null where a run has none. */
  values: (string | null)[];
}

interface Section {
  title: string;
  rows: Row[];
}

function sectionsOf(facts: readonly RunFacts[]): Section[] {
  const titles = [...(facts[0]?.keys() ?? [])];
  return titles.map((title) => {
    const names = [...new Set(facts.flatMap((each) => [...(each.get(title)?.keys() ?? [])]))];
    return {
      title,
      rows: names.map((name) => ({ name, values: facts.map((each) => each.get(title)?.get(name) ?? null) })),
    };
  });
}

function isDiffering({ values }: Row): boolean {
  return new Set(values).size > 1;
}

function table(head: string[], rows: readonly Row[]): string {
  const lines = rows.map(({ name, values }) => [name, ...values.map((value) => value ?? '–')]);
  return tableText([head, ...lines]);
}

function sameTable(same: readonly { title: string; row: Row }[]): string {
  return tableText([
    [l10n.t('Section'), l10n.t('Name'), l10n.t('Value')],
    ...same.map(({ title, row }) => [title, row.name, row.values[0] ?? '–']),
  ]);
}

function tableText([head = [], ...rows]: string[][]): string {
  const line = (cells: string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), `|${' --- |'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

/** A value is shown as it is: nothing in it may become a link, an image or markup. */
function cell(value: string): string {
  return value
    .replaceAll(/\r\n|\r|\n/g, ' ⏎ ')
    .replaceAll(/[\\|`*_[\]<>#!&~$:]/g, (mark) => `&#${mark.charCodeAt(0)};`);
}
