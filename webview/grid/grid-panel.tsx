// The page of a table: its bar, its rows, and what is said when there are none.
import { useCallback, useEffect, useState } from 'react';
import type { GridPanelBoot } from '../../src/protocol/datasets/table/grid-panel';
import { Button } from '../kit/controls';
import { useHost } from '../kit/host/host-context';
import { Icon } from '../kit/icon';
import { Reading } from '../kit/trouble';
import { GridBar } from './grid-bar';
import { type GridChoices, useGridChoices } from './grid-choices';
import { GridView } from './grid-view';
import type { CellRange } from './rows/cell-range';
import { copyCells } from './rows/copied-cells';
import type { RowChoice } from './rows/row-pages';
import { type TableRows, useTableRows } from './rows/table-rows';
import { Taking, useTaking } from './rows/taking';

/** The whole page. */
export function GridPanel({ boot }: { boot: GridPanelBoot }) {
  const choices = useGridChoices();
  const { version, again } = useVersion();
  const [found, setFound] = useState<number | null>(null);
  const table = useTableRows({ sort: choices.sort, filters: choices.filters }, version);
  const { notice, copy } = useCopying(table);
  const { columns, failure, notes } = table;
  const [beginnings, setBeginnings] = useState(0);
  const taking = useTaking(table.pages);
  const stop = (): void => {
    const was = table.shown ?? { sort: [], filters: [] };
    if (isSame(was, choices)) setBeginnings((count) => count + 1);
    else choices.choose(was);
  };
  if (failure !== null) return <Failed name={boot.name} failure={failure} choices={choices} onAgain={again} />;
  if (columns === null && taking === null) return <Reading name={boot.name} />;
  if (columns === null) return <Taking taking={taking} choices={choices} onStop={stop} />;
  return (
    <div className="grid-panel">
      <GridBar columns={columns} table={table} choices={choices} notice={notice} onFind={setFound} />
      {notes.length > 0 && (
        <div className="notes" role="note">
          <Icon name="caution" tone="caution" />
          <span>{notes.join(' ')}</span>
        </div>
      )}
      <Taking taking={taking} choices={choices} onStop={stop} />
      <GridView key={beginnings} {...{ name: boot.name, columns, table, choices, version, found }} onCopy={copy} />
      {table.pages.isEndKnown && table.rows === 0 && (
        <p className="nothing" role="status">
          {choices.filters.length > 0 ? 'No row is left by the filters.' : `${boot.name} has no rows.`}
        </p>
      )}
    </div>
  );
}

function isSame(one: RowChoice, { sort, filters }: RowChoice): boolean {
  return JSON.stringify([one.sort, one.filters]) === JSON.stringify([sort, filters]);
}

/** Another number whenever the file is another. */
function useVersion(): { version: number; again: () => void } {
  const host = useHost();
  const [version, setVersion] = useState(0);
  const again = useCallback(() => setVersion((was) => was + 1), []);
  useEffect(
    () =>
      host.listen((event) => {
        if (event.type === 'changed') again();
      }),
    [host, again],
  );
  return { version, again };
}

function useCopying({ pages, columns }: TableRows): { notice: string | null; copy: (range: CellRange) => void } {
  const host = useHost();
  const [notice, setNotice] = useState<string | null>(null);
  const copy = (range: CellRange): void => {
    copyCells(host, { pages, columns: columns ?? [], range }).then(setNotice, (error: unknown) =>
      setNotice(error instanceof Error ? error.message : String(error)),
    );
  };
  return { notice, copy };
}

interface FailedProps {
  name: string;
  failure: Error;
  choices: GridChoices;
  onAgain: () => void;
}

function Failed({ name, failure, choices, onAgain }: FailedProps) {
  const host = useHost();
  const last = choices.filters.at(-1);
  return (
    <div className="message" role="alert">
      <Icon name="failed" tone="worse" />
      <h2>{name} cannot be shown</h2>
      <p>{failure.message}</p>
      <div className="acts">
        {last !== undefined && (
          <Button label="Take the Last Filter Away" onAct={() => choices.filterBy(last.column, null)} />
        )}
        <Button label="Try Again" onAct={onAgain} />
        <Button label="Open as Text" onAct={() => void host.command('grid.openText' as never, null as never)} />
      </div>
    </div>
  );
}
