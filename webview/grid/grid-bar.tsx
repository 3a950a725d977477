// Above the table: how much of it there is, what is filtered, and a way to a column.
import { useState } from 'react';
import type { TableColumn } from '../../src/protocol/datasets/table-shape';
import { IconButton, Link, SearchField } from '../kit/controls';
import { Icon } from '../kit/icon';
import type { GridChoices } from './grid-choices';
import { filterWords } from './heads/filter-form';
import type { TableRows } from './rows/table-rows';

interface GridBarProps {
  columns: readonly TableColumn[];
  table: TableRows;
  choices: GridChoices;
  notice: string | null;
  onFind: (index: number | null) => void;
}

/** The bar of the panel. */
export function GridBar({ columns, table, choices, notice, onFind }: GridBarProps) {
  const [missed, setMissed] = useState(false);
  const find = (text: string): void => {
    const wanted = text.trim().toLowerCase();
    const names = columns.map(({ name }) => name.toLowerCase());
    const begins = names.findIndex((name) => name.startsWith(wanted));
    const index = begins >= 0 ? begins : names.findIndex((name) => name.includes(wanted));
    setMissed(wanted !== '' && index < 0);
    onFind(wanted === '' || index < 0 ? null : index);
  };
  return (
    <header className="bar">
      <span role="status">
        <RowCount table={table} isFiltered={choices.filters.length > 0} />
        {`, ${number(columns.length)} ${columns.length === 1 ? 'column' : 'columns'}`}
      </span>
      {table.count === null && <Link label="Stop Counting" onAct={table.stopCounting} />}
      {choices.filters.map((filter) => (
        <span key={filter.column} className="chip">
          {filter.column} {filterWords(filter)}
          <IconButton label="Show All" about={filter.column} onAct={() => choices.filterBy(filter.column, null)}>
            <Icon name="close" />
          </IconButton>
        </span>
      ))}
      {notice !== null && <span role="alert">{notice}</span>}
      <span className="space" />
      {missed && <span className="quiet">no such column</span>}
      <SearchField label="Find a column" onSearch={find} />
    </header>
  );
}

function RowCount({ table: { count, rows, pages }, isFiltered }: { table: TableRows; isFiltered: boolean }) {
  if (count) return isFiltered ? `${number(count.matching)} of ${rowsText(count.rows)}` : rowsText(count.rows);
  if (pages.isEndKnown && !isFiltered) return rowsText(rows);
  return count === null ? 'counting rows' : 'rows not counted';
}

function rowsText(rows: number): string {
  return `${number(rows)} ${rows === 1 ? 'row' : 'rows'}`;
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}
