// The rows that changed, came or went, page by page.
import type { DiffRowsPage, TableDiff } from '../../../src/protocol/datasets/table/diff';
import type { DiffKind, DiffPanelState, DiffSides } from '../../../src/protocol/datasets/table/diff-panel';
import { countText } from '../../../src/protocol/wording';
import { Button } from '../../kit/controls';
import { type Live, useLive } from '../../kit/host/live';
import { Section } from '../../kit/section';
import { askDiff } from '../ask-diff';
import type { Change } from '../diff-panel';
import { RowTable } from './row-table';
import { kinds, RowTools } from './row-tools';
import { shownColumns } from './shown-columns';

const pageRows = 50;
/** What the rows are drawn from. */
export interface ChangedRowsProps {
  found: TableDiff;
  sides: DiffSides;
  state: DiffPanelState;
  change: Change;
  /** Another for each comparison: its rows are asked for anew. */
  number: number;
}

/** Nothing where no row differs. */
export function ChangedRows(props: ChangedRowsProps) {
  const { rows } = props.found;
  const there = kinds.filter((kind) => rows[kind] > 0);
  const which = there.find((kind) => kind === props.state.which) ?? there[0];
  if (which === undefined) return null;
  return (
    <Section title="Rows" answer={there.map((kind) => `${number(rows[kind])} ${kind}`).join(', ')}>
      <Page {...props} there={there} which={which} />
    </Section>
  );
}

function Page(props: ChangedRowsProps & { there: readonly DiffKind[]; which: DiffKind }) {
  const { found, sides, state, which } = props;
  const { isSwapped, offset } = state;
  const known = found.rows.columns.find(({ name }) => name === state.column);
  const column = which === 'changed' ? (known?.name ?? null) : null;
  const asked = { isSwapped, key: found.rows.key, which, column, offset, limit: pageRows };
  const live = useLive<DiffRowsPage>({
    key: JSON.stringify([asked, props.number]),
    rest: 60_000,
    load: (host, signal) => askDiff(host, 'diffRows', asked, signal),
  });
  const page = live.value;
  const count = column === null ? found.rows[which] : (known?.rows ?? 0);
  const narrow = which === 'changed' && state.isNarrow ? found.rows.columns.map(({ name }) => name) : null;
  const shown = page === undefined ? undefined : shownColumns(page.columns, found.rows.key, narrow);
  return (
    <>
      <RowTools {...props} column={column} page={page} shown={shown} />
      {live.error !== undefined && !live.isCurrent && (
        <p className="note" role="alert">
          {live.error.message}
        </p>
      )}
      {page !== undefined && shown !== undefined && (
        <RowTable {...{ page, shown, which, sides }} isBusy={!live.isCurrent} keys={found.rows.key.length} />
      )}
      <Pager {...props} count={count} rows={page?.rows.length ?? 0} live={live} />
      {shown !== undefined && shown.left > 0 && (
        <p className="note">
          {countText(shown.left, 'more column')} {shown.left === 1 ? 'is' : 'are'} not drawn.
        </p>
      )}
    </>
  );
}

interface PagerProps extends Pick<ChangedRowsProps, 'state' | 'change'> {
  count: number;
  rows: number;
  live: Live<DiffRowsPage>;
}

function Pager({ state: { offset }, change, count, rows, live }: PagerProps) {
  const last = offset + rows;
  const isEnd = live.value?.isEnd ?? true;
  if (offset === 0 && isEnd) return null;
  return (
    <div className="pager">
      <span className="quiet" role="status">
        {rows === 0 ? 'no more' : `${number(offset + 1)}–${number(last)}`} of {number(count)}
      </span>
      {offset > 0 && <Button label="Previous" onAct={() => change({ offset: Math.max(0, offset - pageRows) })} />}
      {!isEnd && <Button label="Next" onAct={() => change({ offset: offset + pageRows })} />}
    </div>
  );
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}
