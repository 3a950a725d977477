// The rows that one of two models tells better, with all that their files say of them.
import type { ByteSource } from '../../../../platform/tables/byte-source';
import type { ExamplesQuery } from '../../../../protocol/comparison/evidence/evidence-request';
import type { Example, ExamplePage, ExampleSide } from '../../../../protocol/comparison/evidence/example-page';
import { toWire } from '../../../../protocol/number';
import { singleRows } from '../../../../statistics/metrics/weighted-metric';
import { flippedPlaces, residualAt, scoreAt } from '../predictions/flipped-rows';
import type { ModelRows } from '../predictions/model-rows';
import { isPaired, type PairedModels, pairModels } from '../predictions/paired-models';
import { codeOf, pairColumns } from '../predictions/resampled-units';
import type { PredictionTable } from '../predictions/table/prediction-table';

/** A text of a cell that is longer is cut: it is read in a panel. */
const longestCell = 2000;

const none: ExamplePage = { of: 'classes', total: 0, columns: [], scoreOf: '', items: [] };

/** What both models say of the judged rows. */
interface BothModels {
  baseline: ModelRows;
  candidate: ModelRows;
}

/** One page of them. Throws SlipwayError `invalid` or `too-large` with what is wrong with a file. */
export async function examplePage(
  sources: { baseline: ByteSource; candidate: ByteSource },
  { flip, slice, offset, limit }: ExamplesQuery,
): Promise<ExamplePage> {
  const paired = await pairModels(sources, undefined);
  if (!isPaired(paired)) return none;
  const { tables, judged, pairs, task } = paired;
  const models = modelsOf(paired);
  const column = slice === null ? undefined : pairColumns(tables, pairs).find(({ name }) => name === slice.column);
  const isInSlice = (place: number): boolean =>
    slice === null ||
    (column !== undefined && (column.column.values[codeOf(column, judged[place] ?? 0)] ?? '') === slice.value);
  const places = flippedPlaces(models, flip).filter(isInSlice);
  const columns = [...new Set([...tables.baseline.slices.keys(), ...tables.candidate.slices.keys()])];
  return {
    of: task.kind,
    total: places.length,
    columns,
    scoreOf: task.kind === 'classes' && task.classes.length === 2 ? (task.classes[1] ?? '') : '',
    items: places.slice(offset, offset + limit).map((place) => exampleAt(paired, models, { place, columns })),
  };
}

function modelsOf({ sides, judged, truth }: PairedModels): BothModels {
  const units = singleRows(judged.length);
  return { baseline: sides.baseline.rows(judged, truth, units), candidate: sides.candidate.rows(judged, truth, units) };
}

/** The row at a place among the judged ones; `columns` are those whose cells are wanted. */
export function exampleAt(
  { tables, pairs, judged, task }: PairedModels,
  models: BothModels,
  { place, columns }: { place: number; columns: readonly string[] },
): Example {
  const classes = task.kind === 'classes' ? task.classes : [];
  const pair = judged[place] ?? 0;
  const side = (table: PredictionTable, model: ModelRows, row: number): ExampleSide => ({
    label:
      model.kind === 'classes'
        ? cut(classes[model.rows.predicted?.[place] ?? -1])
        : String(model.rows.predicted[place]),
    score: scoreAt(model, place),
    residual: model.kind === 'classes' ? null : toWire(residualAt(model, place)),
    cells: columns.map((name) => cut(table.slices.get(name)?.at(row))),
  });
  const [first, second] = [pairs.baseline[pair] ?? 0, pairs.candidate[pair] ?? 0];
  const { baseline } = models;
  return {
    id: cut(tables.baseline.ids[first]) ?? '',
    truth:
      baseline.kind === 'classes' ? cut(classes[baseline.rows.truth[place] ?? -1]) : String(baseline.rows.truth[place]),
    baseline: side(tables.baseline, models.baseline, first),
    candidate: side(tables.candidate, models.candidate, second),
  };
}

function cut(text: string | undefined): string | null {
  if (text === undefined) return null;
  return text.length > longestCell ? `${text.slice(0, longestCell)}…` : text;
}
