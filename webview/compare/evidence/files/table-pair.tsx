// Two tables row by row: of a cell that differs what was, and what is.
import { useState } from 'react';
import type { RowPair, TablePage } from '../../../../src/protocol/comparison/evidence/table-page';
import { countText } from '../../../../src/protocol/wording';
import { Button, Switch } from '../../../kit/controls';
import { useLive } from '../../../kit/host/live';
import type { Sides } from '../../head/side-name';
import type { StepViewProps } from './file-view';
import { PreviewPair } from './preview-pair';

/** A region that scrolls must be reachable by keys. */
const reachable = { tabIndex: 0 };

const pageRows = 20;

/** What is no table, or a broken one, is shown as text; with the reason where it is `isCertain` to be meant as one. */
export function TablePair(props: StepViewProps & { isCertain: boolean }) {
  const { step, sides, runIds, state, change } = props;
  const [page, setPage] = useState(0);
  const paths: [string | null, string | null] = [step.baseline?.path ?? null, step.candidate?.path ?? null];
  const { onlyDiffering } = state;
  const question = { runIds, paths, onlyDiffering, offset: page * pageRows, limit: pageRows };
  const live = useLive<TablePage>({
    key: JSON.stringify(question),
    rest: 15_000,
    load: (host, signal) => host.query('comparison.table', question, signal),
  });
  if (live.error !== undefined) {
    return (
      <>
        {props.isCertain && <p className="note">{live.error.message}</p>}
        <PreviewPair {...props} isImage={false} />
      </>
    );
  }
  const table = live.value;
  if (table === undefined) return <p className="note"> </p>;
  const isPair = paths[0] !== null && paths[1] !== null;
  const toggle = (): void => {
    setPage(0);
    change({ onlyDiffering: !onlyDiffering });
  };
  return (
    <>
      <p className="note">{wordsOf(table, sides, isPair)}</p>
      <div className="evidence-tool">
        {isPair && <Switch label="Only Differing" isOn={onlyDiffering} onAct={toggle} />}
        <Pages page={page} total={table.total} onPage={setPage} />
      </div>
      {table.items.length > 0 && <PairedRows table={table} />}
    </>
  );
}

function Pages({ page, total, onPage }: { page: number; total: number; onPage: (page: number) => void }) {
  const pages = Math.ceil(total / pageRows);
  if (pages < 2) return null;
  return (
    <>
      <Button label="Previous" onAct={() => onPage(Math.max(0, page - 1))} />
      <span className="quiet">
        {(page + 1).toLocaleString('en-US')} of {pages.toLocaleString('en-US')}
      </span>
      <Button label="Next" onAct={() => onPage(Math.min(pages - 1, page + 1))} />
    </>
  );
}

function PairedRows({ table }: { table: TablePage }) {
  return (
    <section className="table-part" aria-label="Rows of both" {...reachable}>
      <table className="figures">
        <thead>
          <tr>
            <th>Row</th>
            {table.columns.map((name) => (
              <th key={name}>{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.items.map((pair) => (
            <PairedRow key={`${pair.baseline?.row} ${pair.candidate?.row}`} pair={pair} columns={table.columns} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function PairedRow({ pair, columns }: { pair: RowPair; columns: readonly string[] }) {
  const { baseline, candidate, differs } = pair;
  const row = baseline?.row ?? candidate?.row ?? 0;
  return (
    <tr>
      <td className="quiet">{row.toLocaleString('en-US')}</td>
      {columns.map((name, place) => {
        const [before, after] = [baseline?.cells[place] ?? null, candidate?.cells[place] ?? null];
        if (baseline === null) return <Changed key={name} before={null} after={after} />;
        if (candidate === null) return <Changed key={name} before={before} after={null} />;
        if (differs.includes(place)) return <Changed key={name} before={before ?? '–'} after={after ?? '–'} />;
        return <td key={name}>{before ?? after ?? '–'}</td>;
      })}
    </tr>
  );
}

/** Struck through what only the baseline has; so a reader is told, too. */
function Changed({ before, after }: { before: string | null; after: string | null }) {
  return (
    <td>
      {before !== null && <del className="was">{before}</del>} {after !== null && <ins className="now">{after}</ins>}
    </td>
  );
}

function wordsOf({ rows, differing, key, only, moreColumns }: TablePage, sides: Sides, isPair: boolean): string {
  const how = key === null ? 'by their order' : `by ${key}`;
  const count = Math.max(rows.baseline, rows.candidate);
  const columnText = (names: readonly string[], side: string): string =>
    names.length === 0 ? '' : `Only ${side} has ${names.slice(0, 5).join(', ')}${names.length > 5 ? ' and more' : ''}.`;
  const sizes =
    rows.baseline === rows.candidate
      ? countText(count, 'row')
      : `${rows.baseline.toLocaleString('en-US')} and ${countText(rows.candidate, 'row')}`;
  const told = !isPair
    ? countText(count, 'row')
    : differing === 0
      ? `${sizes}, none differs, paired ${how}`
      : `${sizes}, ${differing.toLocaleString('en-US')} ${differing === 1 ? 'differs' : 'differ'}, paired ${how}`;
  const more = moreColumns === 0 ? '' : `${countText(moreColumns, 'more column')} not shown.`;
  const parts = [
    `${told}.`,
    columnText(only.baseline, sides.baseline.name),
    columnText(only.candidate, sides.candidate.name),
    more,
  ];
  return parts.filter(Boolean).join(' ');
}
