// Columns that came, went, or have another type.
import type { SchemaDiff } from '../../../src/protocol/datasets/table/diff';
import { Icon } from '../../kit/icon';
import { Section } from '../../kit/section';
import { schemaCounts } from '../diff-words';

const mostShown = 50;

/** Nothing where the columns are the same. */
export function SchemaChanges({ schema }: { schema: SchemaDiff }) {
  const { added, removed, retyped, isReordered } = schema;
  const answer = schemaCounts(schema)
    .join('; ')
    .replace(/^columns?: /, '');
  if (answer === '') return null;
  const lines = [
    ...added.map(({ name, type }) => ({ name, icon: 'plus' as const, word: 'new', type: <ins>{type}</ins> })),
    ...removed.map(({ name, type }) => ({ name, icon: 'close' as const, word: 'gone', type: <del>{type}</del> })),
    ...retyped.map(({ name, before, after }) => ({
      ...{ name, icon: 'swap' as const, word: 'another type' },
      type: (
        <>
          <del>{before.type}</del> → <ins>{after.type}</ins>
        </>
      ),
    })),
  ];
  return (
    <Section title="Columns" answer={isReordered && lines.length === 0 ? 'in another order' : answer}>
      <ul className="schema">
        {lines.slice(0, mostShown).map(({ name, icon, word, type }) => (
          <li key={`${word} ${name}`}>
            <Icon name={icon} tone="quiet" />
            <span className="cut" title={name}>
              {name}
            </span>
            <span className="quiet">{word}</span>
            <code className="change">{type}</code>
          </li>
        ))}
      </ul>
      {lines.length > mostShown && <p className="note">{lines.length - mostShown} more are not listed.</p>}
    </Section>
  );
}
