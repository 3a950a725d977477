// What the user says before a model is quantized: how, on which rows, and where the new model goes.
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { l10n, window } from 'vscode';
import type { KeptDataProcess } from '../../../client/data/data-process';
import { filesOf } from '../../../client/files/kept-sources';
import type { LabelledTable } from '../../../client/quantization/quantized-measurement';
import type { ExplainedRows } from '../../../protocol/inference/explain/explanation';
import type { ModelPool } from '../../../protocol/inference/model-pool';
import type { QuantizationMethod } from '../../../protocol/inference/quantization/quantization';
import type { EngineSessions } from '../../session/engine-sessions';
import { rolesOf } from '../table/table-plan';
import { chooseTable, type NamedTable } from '../try/choose-table';

/** `path` is the model's. */
export interface ChoiceOptions {
  path: string;
  processes: ModelPool;
  data: KeptDataProcess;
  sessions: EngineSessions;
}

/** Rows, and what they are called where a run records what it read. */
export interface ChosenRows {
  rows: ExplainedRows;
  inputs: string[];
}

/** Undefined when the user turned away. */
export async function chooseMethod(): Promise<QuantizationMethod | undefined> {
  const items = [
    {
      label: l10n.t('Dynamic'),
      detail: l10n.t('Needs no data: ranges are taken while it runs. For MatMul, Gemm, LSTM.'),
      method: 'dynamic' as const,
    },
    {
      label: l10n.t('Static'),
      detail: l10n.t('Ranges from rows like those it will see. Usual for convolutions.'),
      method: 'static' as const,
    },
  ];
  const title = l10n.t('Quantize Model');
  return (await window.showQuickPick(items, { title, placeHolder: l10n.t('How are activations quantized?') }))?.method;
}

/** `rows` null: the golden cases. Undefined when the user turned away. */
export async function chooseCalibration(options: ChoiceOptions): Promise<{ chosen: ChosenRows | null } | undefined> {
  const { path, processes, sessions } = options;
  const { cases } = await processes.ask('goldenCases', { path });
  const table = { label: l10n.t('Rows of a Table…'), description: '', isTable: true };
  const golden = { label: l10n.t('Golden Cases'), description: String(cases.length), isTable: false };
  const placeHolder = l10n.t('Which rows show the ranges of values?');
  const picked = cases.length === 0 ? table : await window.showQuickPick([table, golden], { placeHolder });
  if (picked === undefined) return undefined;
  if (!picked.isTable) return { chosen: null };
  const named = await chooseTable(sessions, placeHolder, { anyVersion: true });
  return named === undefined ? undefined : { chosen: await rowsOf(options, named) };
}

/** `labelled` null: nothing is known to be true of the rows, or there are none. Undefined when the user turned away. */
export async function chooseLabelled(
  options: ChoiceOptions,
): Promise<{ chosen: ChosenRows | null; labelled: LabelledTable | null } | undefined> {
  const table = {
    label: l10n.t('Labelled Rows…'),
    detail: l10n.t('Accuracy, answers, size and speed are compared.'),
    isTable: true,
  };
  const none = { label: l10n.t('No Labelled Rows'), detail: l10n.t('Size and speed are compared.'), isTable: false };
  const placeHolder = l10n.t('Which rows show what it costs in accuracy?');
  const picked = await window.showQuickPick([table, none], { title: l10n.t('Quantize Model'), placeHolder });
  if (picked === undefined) return undefined;
  if (!picked.isTable) return { chosen: null, labelled: null };
  const named = await chooseTable(options.sessions, placeHolder, { anyVersion: true });
  if (named === undefined) return undefined;
  const { columns, roles } = await rolesOf(options, named, new AbortController().signal);
  const first = roles.label === null ? [] : [roles.label];
  const items = [...first, ...columns.filter((name) => name !== roles.label)];
  const label = await window.showQuickPick(items, { placeHolder: l10n.t('Which column holds what is true?') });
  if (label === undefined) return undefined;
  const { id, slices } = roles;
  const apart = { id: id === label ? null : id, slices: slices.filter((name) => name !== label) };
  const rows = { ...tableRows(named, [label, ...(apart.id === null ? [] : [apart.id]), ...apart.slices]) };
  return { chosen: rows, labelled: { source: named.source, label, ...apart } };
}

async function rowsOf(options: ChoiceOptions, named: NamedTable): Promise<ChosenRows> {
  const { roles } = await rolesOf(options, named, new AbortController().signal);
  return tableRows(
    named,
    [roles.id, roles.label, ...roles.slices].flatMap((name) => name ?? []),
  );
}

function tableRows({ name, source, definition }: NamedTable, apart: string[]): ChosenRows {
  return { rows: { kind: 'table', name, source, apart }, inputs: definition === undefined ? filesOf(source) : [name] };
}

/** Where the new model goes. `isForced`: what is there may go. Undefined when the user turned away. */
export async function chooseOutput(path: string): Promise<{ output: string; isForced: boolean } | undefined> {
  const output = join(dirname(path), `${basename(path).replace(/\.onnx$/i, '')}.int8.onnx`);
  if (!existsSync(output)) return { output, isForced: false };
  const overwrite = l10n.t('Overwrite');
  const answer = await window.showWarningMessage(
    l10n.t('{0} is already there.', basename(output)),
    { modal: true, detail: l10n.t('Quantizing writes the new model in its place.') },
    overwrite,
  );
  return answer === overwrite ? { output, isForced: true } : undefined;
}
