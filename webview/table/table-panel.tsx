// The runs table: every run of a workspace as a row, what tells them apart as columns.
import { useEffect } from 'react';
import type { PanelEngine } from '../../src/protocol/panel';
import type { TablePanelBoot } from '../../src/protocol/runs/table-panel';
import { useEngine } from '../kit/host/engine';
import { useHost } from '../kit/host/host-context';
import { useLater } from '../kit/now';
import { useWidth } from '../kit/width';
import { FilterBar } from './bar/filter-bar';
import { SelectionBar } from './bar/selection-bar';
import { TopBar } from './bar/top-bar';
import { Grid } from './grid/grid';
import { useTreeChoice } from './selection';
import { compare, copy, mark, star, useGridActs } from './table-acts';
import { chooseColumns, chooseGroups, chooseView, editFilter } from './table-choices';
import { useMenuActs } from './table-menu';
import { type TableModel, useTableModel } from './table-model';
import { type TableState, useTableState } from './table-state';

const many = 500;
const nameWidths = { wide: 260, narrow: 190 };

/** The whole panel; follows the runs while it is on screen. */
export function TablePanel({ boot }: { boot: TablePanelBoot }) {
  const host = useHost();
  const [box, width] = useWidth<HTMLElement>();
  const engine = useEngine(boot.engine);
  const table = useTableState(boot);
  const model = useTableModel(table, width);
  const { state, changeView } = table;
  const onText = (filter: string): void => changeView({ filter });
  useToldSelection(table);
  useTreeChoice(model.selection);
  return (
    <main
      ref={box}
      className={model.isNarrow ? 'table-panel narrow' : 'table-panel'}
      aria-busy={engine.state !== 'running'}
    >
      <h1 className="unseen">Runs</h1>
      <TopBar
        viewName={state.viewName}
        view={state.view}
        counts={{ ...model.found, found: model.found.runs, columns: model.columns.length, names: model.names }}
        onView={() => void chooseView(host, table)}
        onGroup={() => void chooseGroups(host, model, table)}
        onColumns={() => void chooseColumns(host, model, table)}
        onOnlyChanged={(onlyChanged) => changeView({ onlyChanged })}
        onExport={() => exportRows(host, model)}
      />
      <FilterBar
        text={state.view.filter}
        problem={model.problem}
        hidden={model.hidden}
        onText={onText}
        onEdit={(text) => void editFilter(host, text, onText)}
      />
      {engine.state === 'away' && <Away engine={engine} />}
      <Body model={model} table={table} engine={engine} />
      <Foot model={model} table={table} />
    </main>
  );
}

/** Every other view of the window shows what is selected here. */
function useToldSelection({ state: { selected }, change }: TableState): void {
  const host = useHost();
  useEffect(() => {
    let isCurrent = true;
    const tell = async (): Promise<void> => {
      const agreed = await host.command('table.selected', { marks: selected });
      if (isCurrent && JSON.stringify(agreed) !== JSON.stringify(selected)) change({ selected: agreed });
    };
    // At once, before it is asked to do something with them; thousands of runs not at every key.
    const timer = selected.length < many ? undefined : setTimeout(() => void tell(), 100);
    if (timer === undefined) void tell();
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [host, selected, change]);
}

interface PartProps {
  model: TableModel;
  table: TableState;
}

function Body({ model, table, engine }: PartProps & { engine: PanelEngine }) {
  const { state, change } = table;
  const acts = useGridActs(model, table);
  const renamed = useMenuActs(model, table);
  if (model.rows.value === undefined) return <Waiting engine={engine} error={model.rows.error} />;
  if (model.lines.length === 0 && model.baseline === undefined)
    return <Nothing isFiltered={state.view.filter !== ''} />;
  const { view } = state;
  const usual = model.isNarrow ? nameWidths.narrow : nameWidths.wide;
  return (
    <Grid
      label="Runs"
      {...model}
      view={view}
      nameWidth={model.isNarrow ? usual : (view.widths['fact:name'] ?? usual)}
      metricWords={metricWords(model)}
      scroll={state.scroll}
      onScroll={(scroll) => change({ scroll })}
      renamed={renamed}
      acts={acts}
    />
  );
}

function Foot({ model, table }: PartProps) {
  const host = useHost();
  const { selection, edits } = model;
  const { baseline } = table.state.view;
  const chosen = [...selection.marks.keys()];
  const refused = (error: Error): void => edits.tell({ words: error.message, canUndo: false });
  return (
    <SelectionBar
      marks={selection.marks}
      edits={edits}
      baseline={baseline}
      onCompare={() => compare(host, model, chosen)}
      onBaseline={() => table.changeView({ baseline: chosen[0] === baseline ? null : (chosen[0] ?? null) })}
      onTag={() => void host.command('table.tags', { runIds: chosen }).catch(refused)}
      onStar={() => star(model, chosen)}
      onArchive={() => mark(model, chosen, { change: { archived: true }, says: 'Archived:' })}
      onCopy={() => copy(host, model, chosen)}
      onExport={() => exportRows(host, model)}
      onClear={selection.clear}
    />
  );
}

/** The selected rows, else all that are listed. */
function exportRows(host: ReturnType<typeof useHost>, { selection, rows, columns, edits }: TableModel): void {
  const listed = rows.value?.groups?.flatMap(({ runIds }) => runIds) ?? rows.value?.runIds ?? [];
  const runIds = selection.marks.size > 0 ? listed.filter((runId) => selection.marks.has(runId)) : listed;
  host
    .command('table.export', { runIds, columns: ['fact:name', ...columns.map(({ id }) => id)] })
    .catch((error: Error) => edits.tell({ words: error.message, canUndo: false }));
}

/** What stands above the metrics: what their last place is the distance from, and when it has no colour. */
function metricWords({ baseline, noise }: TableModel): string {
  if (baseline === undefined) return 'Metrics';
  const quiet = noise.size > 0 ? ', uncoloured within the spread of its repeats' : '';
  return `Metrics; Δ to ${baseline.name}${quiet}`;
}

function Waiting({ engine, error }: { engine: PanelEngine; error: Error | undefined }) {
  const isLate = useLater(200);
  if (error !== undefined && engine.state === 'running')
    return <Message title="The runs cannot be listed" words={error.message} />;
  return <div className="fill">{isLate && <p className="quiet waiting">Listing runs…</p>}</div>;
}

function Nothing({ isFiltered }: { isFiltered: boolean }) {
  return isFiltered ? (
    <Message
      title="No run matches this filter"
      words="Take a part of it away, or add with:archived to look at archived runs, too."
    />
  ) : (
    <Message
      title="No run yet"
      words="Record a command, or log to MLflow from a terminal of this window: each run becomes a row."
    />
  );
}

function Message({ title, words }: { title: string; words: string }) {
  return (
    <div className="fill message">
      <span />
      <h2>{title}</h2>
      <p>{words}</p>
    </div>
  );
}

function Away({ engine }: { engine: PanelEngine }) {
  return (
    <div className="banner" role="status">
      <span>{engine.message} What is shown is as it was.</span>
    </div>
  );
}
