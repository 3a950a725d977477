// What differs, in a sentence that could be pasted into a review, and the one that supports it.
import { listText } from '../../src/protocol/comparison/comparison-words';
import type { RowsDiff, SchemaDiff, TableDiff } from '../../src/protocol/datasets/table/diff';
import { countText } from '../../src/protocol/wording';

const mostNamed = 3;

/** `isSame`: nothing differs, and nothing was left out. */
export interface DiffSentences {
  isSame: boolean;
  sentence: string;
  support: string;
}

/** The opening of the panel. */
export function diffSentences({ schema, rows }: TableDiff): DiffSentences {
  const counts = [...rowCounts(rows), ...schemaCounts(schema)];
  const twice = rows.ambiguous.before + rows.ambiguous.after;
  const isSame = counts.length === 0 && twice === 0;
  const sentence =
    counts.length > 0
      ? capital(counts.join('; '))
      : `${twice > 0 ? 'No difference in the rows that could be compared' : 'The tables are the same'}: ${countText(rows.same, 'row')}`;
  return { isSame, sentence, support: supportOf(rows) };
}

/** `2 columns new, 1 gone`; empty where the columns are the same. */
export function schemaCounts({ added, removed, retyped, isReordered }: SchemaDiff): string[] {
  const parts = [
    ...(added.length > 0 ? [`${added.length} new`] : []),
    ...(removed.length > 0 ? [`${removed.length} gone`] : []),
    ...(retyped.length > 0 ? [`${retyped.length} of another type`] : []),
  ];
  const count = added.length + removed.length + retyped.length;
  const columns = parts.length === 0 ? [] : [`${count === 1 ? 'column' : 'columns'}: ${parts.join(', ')}`];
  return [...columns, ...(isReordered ? ['columns in another order'] : [])];
}

function rowCounts({ key, added, removed, changed }: RowsDiff): string[] {
  const parts = [
    ...(key.length > 0 && changed > 0 ? [`${countText(changed, 'row')} changed`] : []),
    ...(added > 0 ? [`${countText(added, 'row')} added`] : []),
    ...(removed > 0 ? [`${countText(removed, 'row')} removed`] : []),
  ];
  return parts.length === 0 ? [] : [parts.join(', ')];
}

function supportOf({ key, before, after, same, columns, ambiguous }: RowsDiff): string {
  const by = key.length === 0 ? 'Compared as whole rows' : `By ${listText(key)}`;
  const kept = `${by}: ${same.toLocaleString('en-US')} of ${countText(after, 'row')} are as before, when there were ${before.toLocaleString('en-US')}.`;
  const named = columns.slice(0, mostNamed).map(({ name, rows }) => `${name} (${countText(rows, 'row')})`);
  const rest = columns.length - named.length;
  const changes =
    named.length === 0
      ? []
      : [`Changed: ${listText(rest > 0 ? [...named, `${countText(rest, 'more column')}`] : named)}.`];
  const twice = ambiguous.before + ambiguous.after;
  const left =
    twice === 0
      ? []
      : [
          `${countText(twice, 'row')} left out, because their key occurs more than once: ${ambiguous.before.toLocaleString('en-US')} before, ${ambiguous.after.toLocaleString('en-US')} after.`,
        ];
  return [kept, ...changes, ...left].join(' ');
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
