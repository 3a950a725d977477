// The table that is to be predicted, what its columns are for, and where the predictions go.
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { l10n, Uri, window, workspace } from 'vscode';
import { SlipwayError } from '../../../base/errors';
import type { KeptDataProcess } from '../../../client/data/data-process';
import { filesOf, refuseRead } from '../../../client/files/kept-sources';
import type { GridColumnHead } from '../../../protocol/datasets/table/grid';
import type { TableSource } from '../../../protocol/datasets/table-source';
import type { ModelPool } from '../../../protocol/inference/model-pool';
import { suggestedRoles, type TableRoles } from '../../../protocol/inference/table/suggested-roles';
import type { PlannedTable } from '../../../protocol/inference/table/table-panel';
import { type TakingModel, takenColumns, takingModel } from '../../../protocol/inference/table/taken-columns';
import type { EngineSessions } from '../../session/engine-sessions';
import { chooseTable, type NamedTable } from '../try/choose-table';

/** Columns whose values are looked at. */
const mostColumns = 200;

/** `path` is the model's; `data` reads tables. */
export interface TableOptions {
  path: string;
  processes: ModelPool;
  data: KeptDataProcess;
  sessions: EngineSessions;
}

/** `overwrites`: the user agreed to lose what is at `output`, an absolute path. */
export interface TablePlan {
  name: string;
  source: TableSource;
  rows: number;
  columns: string[];
  model: TakingModel;
  roles: TableRoles;
  output: string;
  overwrites: boolean;
}

/** Asks the user for a table. Undefined when the user turned away. Throws `invalid` for a table without rows. */
export async function planTable(options: TableOptions, signal: AbortSignal): Promise<TablePlan | undefined> {
  const question = l10n.t('Which table is predicted?');
  const chosen = await chooseTable(options.sessions, question, { anyVersion: true });
  if (chosen === undefined) return undefined;
  const { source, name } = chosen;
  const { rows } = await options.data.ask('gridCount', { source, filters: [] }, { signal });
  if (rows === 0) throw new SlipwayError('invalid', l10n.t('{0} has no row.', name));
  const found = await rolesOf(options, chosen, signal);
  const output = join(dirname(options.path), 'predictions.parquet');
  return { name, source, rows, ...found, output, overwrites: false };
}

/** The columns of a table, and what they are for as far as their names tell. */
export async function rolesOf(
  { data, processes, path }: TableOptions,
  { source, definition }: NamedTable,
  signal: AbortSignal,
): Promise<Pick<TablePlan, 'columns' | 'model' | 'roles'>> {
  const first = { source, filters: [], offset: 0, limit: 1, sort: [], columns: null };
  const page = await data.ask('gridPage', first, { signal });
  const columns = page.columns.map((column) => column.name);
  const heads = await data.ask('gridHeads', { source, columns: columns.slice(0, mostColumns) }, { signal });
  const known = new Map(heads.columns.map((head) => [head.name, head]));
  const form = await processes.ask('form', { path }, { signal });
  const { outputs, labels } = await processes.ask('outline', { path }, { signal });
  const told = [...outputs.map(({ name }) => name), ...labels.flatMap(({ classes }) => classes.map(String))];
  const facts = page.columns.map(({ name, kind }) => ({
    name,
    distinct: known.get(name)?.distinct ?? Number.POSITIVE_INFINITY,
    values: allValues(known.get(name)),
    isNumber: kind === 'integer' || kind === 'number',
  }));
  const { label, key } = definition ?? {};
  return {
    columns,
    model: takingModel(form),
    roles: suggestedRoles({
      ...{ columns: facts, form, told, label },
      classes: labels.flatMap(({ classes }) => classes.map(String)),
      key: key === undefined ? undefined : [key].flat(),
    }),
  };
}

/** Of a column that holds a few only; null of all others. */
function allValues(head: GridColumnHead | undefined): string[] | null {
  if (head === undefined || head.top.length === 0 || head.distinct > head.top.length) return null;
  return head.top.flatMap(({ value }) => value ?? []);
}

/** As the page shows it. */
export function plannedTable({ name, rows, columns, roles, model, output }: TablePlan): PlannedTable {
  const taken = takenColumns(columns, roles, model);
  return { name, rows, columns, roles, taken, output: pathText(output), isThere: existsSync(output) };
}

/** From the workspace's folder on. */
export function pathText(path: string): string {
  return workspace.asRelativePath(path, false);
}

/** Asks where the predictions go: the dialog itself asks about a file that is there. The plan as it was when the user turned away. */
export async function chooseOutput(plan: TablePlan): Promise<TablePlan> {
  const chosen = await window.showSaveDialog({
    title: l10n.t('Write Predictions'),
    defaultUri: Uri.file(plan.output),
    saveLabel: l10n.t('Choose'),
    filters: { [l10n.t('Parquet')]: ['parquet'], [l10n.t('CSV')]: ['csv'], [l10n.t('JSON lines')]: ['jsonl'] },
  });
  if (chosen === undefined) return plan;
  if (chosen.scheme !== 'file') throw new SlipwayError('invalid', l10n.t('Predictions are written to files on disk.'));
  if (!/\.(parquet|csv|jsonl)$/i.test(chosen.path)) {
    throw new SlipwayError('invalid', l10n.t('Name a file that ends in .parquet, .csv or .jsonl.'));
  }
  return { ...plan, output: chosen.fsPath, overwrites: existsSync(chosen.fsPath) };
}

/**
 * The plan once nothing is written over that the user wants to keep; undefined when the user turned away. Throws `invalid`
 * where the output is what is read.
 */
export async function agreedPlan(plan: TablePlan, model: string): Promise<TablePlan | undefined> {
  refuseRead(plan.output, [model, ...filesOf(plan.source)]);
  if (plan.overwrites || !existsSync(plan.output)) return plan;
  const [overwrite, other] = [l10n.t('Overwrite'), l10n.t('Choose Another…')];
  const answer = await window.showWarningMessage(
    l10n.t('{0} is already there.', basename(plan.output)),
    { modal: true, detail: l10n.t('Predicting writes the new predictions in its place: {0}', pathText(plan.output)) },
    overwrite,
    other,
  );
  if (answer === overwrite) return { ...plan, overwrites: true };
  if (answer !== other) return undefined;
  const next = await chooseOutput(plan);
  return next.output === plan.output && !next.overwrites ? undefined : agreedPlan(next, model);
}
