// Which rows are shown, by one column.
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { GridColumnHead, GridFilter } from '../../../src/protocol/datasets/table/grid';
import type { TableColumn } from '../../../src/protocol/datasets/table-shape';
import { Button, Choice } from '../../kit/controls';

type Kind = 'contains' | 'equals' | 'range' | 'null' | 'not null' | 'in';

interface FilterFormProps {
  column: TableColumn;
  head: GridColumnHead | undefined;
  filter: GridFilter | undefined;
  /** Null takes the filter away. */
  onFilter: (filter: GridFilter | null) => void;
  onClose: () => void;
}

const labels: Readonly<Record<Kind, string>> = {
  contains: 'contains',
  equals: 'is',
  range: 'from … to',
  in: 'is one of',
  null: 'is missing',
  'not null': 'is there',
};

/** A small form below the column's head; Esc closes it. */
export function FilterForm({ column, head, filter, onFilter, onClose }: FilterFormProps) {
  const kinds = kindsOf(column, head);
  const [kind, setKind] = useState<Kind>(kindOf(filter) ?? (kinds[0] as Kind));
  const [typed, setTyped] = useState<Typed>(() => typedOf(filter));
  const act = (): void => onFilter(filterOf(column.name, kind, typed));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    act();
  };
  return (
    <form className="filter-form" onSubmit={submit} onKeyDown={(event) => event.key === 'Escape' && onClose()}>
      <Choice
        label={`Rows where ${column.name}`}
        options={kinds.map((value) => ({ value, label: labels[value] }))}
        value={kind}
        onChoose={setKind}
      />
      <FilterFields kind={kind} head={head} typed={typed} onType={(change) => setTyped({ ...typed, ...change })} />
      <div className="acts">
        <Button label="Filter" primary onAct={act} />
        {filter !== undefined && <Button label="Show All" onAct={() => onFilter(null)} />}
        <Button label="Cancel" onAct={onClose} />
      </div>
    </form>
  );
}

interface Typed {
  text: string;
  to: string;
  values: (string | null)[];
}

interface FilterFieldsProps {
  kind: Kind;
  head: GridColumnHead | undefined;
  typed: Typed;
  onType: (change: Partial<Typed>) => void;
}

function FilterFields({ kind, head, typed, onType }: FilterFieldsProps) {
  if (kind === 'null' || kind === 'not null') return null;
  if (kind === 'in') {
    const toggled = (value: string): (string | null)[] =>
      typed.values.includes(value) ? typed.values.filter((each) => each !== value) : [...typed.values, value];
    return head?.top.map(({ value }) => (
      <label key={value}>
        <input
          type="checkbox"
          checked={typed.values.includes(value)}
          onChange={() => onType({ values: toggled(value) })}
        />{' '}
        {value}
      </label>
    ));
  }
  const isRange = kind === 'range';
  return (
    <>
      <TextField label={isRange ? 'from' : 'value'} text={typed.text} isFirst onText={(text) => onType({ text })} />
      {isRange && <TextField label="to" text={typed.to} onText={(to) => onType({ to })} />}
    </>
  );
}

function TextField(props: { label: string; text: string; isFirst?: boolean; onText: (text: string) => void }) {
  const field = useRef<HTMLInputElement>(null);
  const { isFirst = false } = props;
  useEffect(() => {
    if (isFirst) field.current?.focus({ preventScroll: true });
  }, [isFirst]);
  return (
    <input
      className="field"
      ref={field}
      aria-label={props.label}
      placeholder={props.label}
      value={props.text}
      onChange={(event) => props.onText(event.currentTarget.value)}
    />
  );
}

function kindsOf({ kind }: TableColumn, head: GridColumnHead | undefined): Kind[] {
  const some: Kind[] = head !== undefined && head.top.length > 0 ? ['in'] : [];
  const ordered = ['integer', 'number', 'date', 'timestamp', 'time'].includes(kind);
  return ordered
    ? ['range', 'equals', ...some, 'contains', 'null', 'not null']
    : [...some, 'contains', 'equals', 'null', 'not null'];
}

function kindOf(filter: GridFilter | undefined): Kind | undefined {
  return filter?.is === 'null' && filter.not ? 'not null' : filter?.is;
}

function typedOf(filter: GridFilter | undefined): Typed {
  const nothing = { text: '', to: '', values: [] };
  if (filter?.is === 'contains' || filter?.is === 'equals') return { ...nothing, text: filter.text };
  if (filter?.is === 'range') return { ...nothing, text: filter.from ?? '', to: filter.to ?? '' };
  return filter?.is === 'in' ? { ...nothing, values: filter.values } : nothing;
}

function filterOf(column: string, kind: Kind, { text, to, values }: Typed): GridFilter | null {
  switch (kind) {
    case 'null':
    case 'not null':
      return { is: 'null', column, not: kind === 'not null' };
    case 'in':
      return values.length === 0 ? null : { is: 'in', column, values };
    case 'range':
      return text === '' && to === '' ? null : { is: 'range', column, from: text || null, to: to || null };
    case 'contains':
      return text === '' ? null : { is: 'contains', column, text };
    case 'equals':
      return { is: 'equals', column, text };
  }
}

/** A filter in words, after its column. */
export function filterWords(filter: GridFilter): string {
  switch (filter.is) {
    case 'null':
      return filter.not ? 'is there' : 'is missing';
    case 'in':
      return `is ${filter.values.join(' or ')}`;
    case 'range':
      return [filter.from === null ? '' : `from ${filter.from}`, filter.to === null ? '' : `to ${filter.to}`]
        .join(' ')
        .trim();
    case 'contains':
      return `contains ${filter.text}`;
    case 'equals':
      return `is ${filter.text}`;
  }
}
