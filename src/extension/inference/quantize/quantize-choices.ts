// What the user says before a model is quantized: how, on which rows, and where the new model goes.
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { l10n, window } from 'vscode';
import type { KeptDataProcess } from '../../../client/data/data-process';
import { filesOf } from '../../../client/files/kept-sources';
import type { LabelledTable } from '../../../client/quantization/quantized-measurement';
import type { ExplainedRows } from '../../../protocol/inference/explain/explanation';
import type { ModelPool } from '../../../protocol/inference/model-pool';
import type { PictureSet, PictureTerms } from '../../../protocol/inference/quantization/picture-set';
import type { QuantizationMethod, QuantizationTerms } from '../../../protocol/inference/quantization/quantization';
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
  rows: ExplainedRows | PictureSet;
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
  return (
    await window.showQuickPick(items, {
      title,
      placeHolder: l10n.t('How are activations quantized?'),
      ignoreFocusOut: true,
    })
  )?.method;
}

/** The usual ones first. Undefined when the user turned away. */
export async function chooseWeights(
  usual: QuantizationTerms['weights'],
): Promise<Pick<QuantizationTerms, 'weights' | 'activations' | 'perChannel'> | undefined> {
  const other: QuantizationTerms['weights'] = usual === 'int8' ? 'uint8' : 'int8';
  const items = [usual, other].flatMap((weights) =>
    [false, true].map((perChannel) => ({
      label: perChannel ? l10n.t('{0} by Channel', weights) : weights,
      description: weights === usual && !perChannel ? l10n.t('usual') : '',
      detail: perChannel
        ? l10n.t('A scale for each channel: more exact, a little larger.')
        : l10n.t('One scale for each weight.'),
      // onnxruntime has no uint8 weights with int8 activations.
      terms: { weights, perChannel, activations: weights },
    })),
  );
  const placeHolder = l10n.t('What are weights written as?');
  return (await window.showQuickPick(items, { title: l10n.t('Quantize Model'), placeHolder, ignoreFocusOut: true }))
    ?.terms;
}

/** `rows` null: the golden cases. Undefined when the user turned away. */
export async function chooseCalibration(options: ChoiceOptions): Promise<{ chosen: ChosenRows | null } | undefined> {
  const { path, processes, sessions } = options;
  const { cases } = await processes.ask('goldenCases', { path });
  const takesPicture = await takesPictures(options);
  const table = { label: l10n.t('Rows of a Table…'), description: '', source: 'table' as const };
  const pictures = { label: l10n.t('Folder of Pictures…'), description: '', source: 'pictures' as const };
  const golden = { label: l10n.t('Golden Cases'), description: String(cases.length), source: 'golden' as const };
  const placeHolder = l10n.t('Which rows show the ranges of values?');
  const items = [takesPicture ? pictures : table, ...(cases.length === 0 ? [] : [golden])];
  const picked =
    items.length === 1 ? items[0] : await window.showQuickPick(items, { placeHolder, ignoreFocusOut: true });
  if (picked === undefined) return undefined;
  if (picked.source === 'golden') return { chosen: null };
  if (picked.source === 'pictures') {
    const chosen = await choosePictures(l10n.t('Choose Pictures'));
    return chosen && { chosen };
  }
  const named = await chooseTable(sessions, placeHolder, { anyVersion: true });
  return named === undefined ? undefined : { chosen: await rowsOf(options, named) };
}

/** `labelled` null: nothing is known to be true of the rows, or there are none. Undefined when the user turned away. */
export async function chooseLabelled(
  options: ChoiceOptions,
): Promise<{ chosen: ChosenRows | null; labelled: LabelledTable | 'pictures' | null } | undefined> {
  const detail = l10n.t('Accuracy, answers, size and speed are compared.');
  const table = { label: l10n.t('Labelled Rows…'), detail, source: 'table' as const };
  const pictures = {
    label: l10n.t('Labelled Pictures…'),
    detail: l10n.t('A folder with a folder of pictures for each class. {0}', detail),
    source: 'pictures' as const,
  };
  const none = {
    label: l10n.t('No Labelled Rows'),
    detail: l10n.t('Size and speed are compared.'),
    source: 'none' as const,
  };
  const first = (await takesPictures(options)) ? pictures : table;
  const placeHolder = l10n.t('Which rows show what it costs in accuracy?');
  const picked = await window.showQuickPick([first, none], {
    title: l10n.t('Quantize Model'),
    placeHolder,
    ignoreFocusOut: true,
  });
  if (picked === undefined) return undefined;
  if (picked.source === 'none') return { chosen: null, labelled: null };
  if (picked.source === 'pictures') {
    const chosen = await choosePictures(placeHolder);
    return chosen && { chosen, labelled: 'pictures' };
  }
  return chooseLabelledTable(options, placeHolder);
}

async function chooseLabelledTable(options: ChoiceOptions, placeHolder: string) {
  const named = await chooseTable(options.sessions, placeHolder, { anyVersion: true });
  if (named === undefined) return undefined;
  const { columns, roles } = await rolesOf(options, named, new AbortController().signal);
  const known = roles.label === null ? [] : [roles.label];
  const items = [...known, ...columns.filter((name) => name !== roles.label)];
  const label = await window.showQuickPick(items, {
    placeHolder: l10n.t('Which column holds what is true?'),
    ignoreFocusOut: true,
  });
  if (label === undefined) return undefined;
  const { id, slices } = roles;
  const apart = { id: id === label ? null : id, slices: slices.filter((name) => name !== label) };
  const rows = { ...tableRows(named, [label, ...(apart.id === null ? [] : [apart.id]), ...apart.slices]) };
  return { chosen: rows, labelled: { kind: 'table' as const, source: named.source, label, ...apart } };
}

async function takesPictures({ path, processes }: ChoiceOptions): Promise<boolean> {
  const { inputs } = await processes.ask('form', { path });
  return inputs.length === 1 && inputs[0]?.kind === 'image';
}

/** Undefined when the user turned away. */
async function choosePictures(title: string): Promise<ChosenRows | undefined> {
  const [folder] = (await window.showOpenDialog({ title, canSelectFolders: true, canSelectFiles: false })) ?? [];
  if (folder === undefined) return undefined;
  const scales: { label: string; scale: PictureTerms['scale'] }[] = [
    { label: l10n.t('0 to 1'), scale: 'unit' },
    { label: l10n.t('As ImageNet: mean, sd'), scale: 'imagenet' },
    { label: l10n.t('−1 to 1'), scale: 'signed' },
    { label: l10n.t('0 to 255'), scale: 'bytes' },
  ];
  const placeHolder = l10n.t('Which numbers does the model take for a picture?');
  const picked = await window.showQuickPick(scales, { placeHolder, ignoreFocusOut: true });
  if (picked === undefined) return undefined;
  const path = folder.fsPath;
  const terms: PictureTerms = { fit: 'stretch', order: 'RGB', scale: picked.scale };
  return { rows: { kind: 'pictures', name: basename(path), path, terms }, inputs: [path] };
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
