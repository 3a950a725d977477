// What tells rows apart: the columns of the key, and those that could be it.
import type { TableDiff } from '../../src/protocol/datasets/table/diff';
import { countText } from '../../src/protocol/wording';
import { Choice, IconButton, Link } from '../kit/controls';
import { Icon } from '../kit/icon';

const mostOffered = 3;

interface KeyChoiceProps {
  found: TableDiff;
  /** The key that was asked for last, whose comparison may still be on its way. */
  keys: readonly string[];
  onKey: (key: string[]) => void;
}

/** `onKey` is told the whole new key. */
export function KeyChoice({ found, keys: key, onKey }: KeyChoiceProps) {
  const { ambiguous } = found.rows;
  const others = found.columns.filter(
    ({ name, before, after }) => before !== null && after !== null && !key.includes(name),
  );
  const options = [
    { value: '', label: key.length === 0 ? 'Choose a column…' : 'Add a column…' },
    ...others.map(({ name }) => ({ value: `:${name}`, label: name })),
  ];
  const unique = uniqueColumns(found).slice(0, mostOffered);
  const twice = ambiguous.before + ambiguous.after;
  return (
    <section className="key-bar" aria-label="Key">
      <span className="quiet">Rows are told apart by</span>
      {key.map((name) => (
        <span key={name} className="chip">
          <code className="cut">{name}</code>
          <IconButton label="Take Away" about={name} onAct={() => onKey(key.filter((each) => each !== name))}>
            <Icon name="close" />
          </IconButton>
        </span>
      ))}
      {key.length === 0 && <span>no key: whole rows are compared</span>}
      <Choice label="Key column" options={options} value="" onChoose={(value) => onKey([...key, value.slice(1)])} />
      {key.length === 0 && unique.map((name) => <Link key={name} label={`Use ${name}`} onAct={() => onKey([name])} />)}
      <span className="quiet key-note">{noteOf(key.length, unique.length, twice)}</span>
    </section>
  );
}

function noteOf(keys: number, unique: number, twice: number): string {
  if (keys > 0) {
    return twice === 0
      ? ''
      : `${countText(twice, 'row')} have a key that occurs more than once: add a column that tells them apart.`;
  }
  const offered = unique === 0 ? '' : `${unique === 1 ? 'It is' : 'Each is'} different in every row of both tables. `;
  return `${offered}Without a key a row that changed is one removed and one added.`;
}

/** Columns that have another value in each row of both tables. */
function uniqueColumns({ columns, rows }: TableDiff): string[] {
  return columns
    .filter(({ before, after }) =>
      [
        { side: before, count: rows.before },
        { side: after, count: rows.after },
      ].every(({ side, count }) => side?.isDistinctExact && count > 0 && side.distinct === count && side.nulls === 0),
    )
    .map(({ name }) => name);
}
