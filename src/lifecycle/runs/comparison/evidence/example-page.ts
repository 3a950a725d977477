// The rows that one of two models tells better, with all that their files say of them.
import type { ByteSource } from '../../../../platform/tables/byte-source';
import type { ExamplesQuery } from '../../../../protocol/comparison/evidence/evidence-request';
import type { Example, ExamplePage, ExampleSide } from '../../../../protocol/comparison/evidence/example-page';
import { toWire } from '../../../../protocol/number';
import { singleRows } from '../../../../statistics/metrics/weighted-metric';
import { flippedPlaces, residualAt, scoreAt } from '../predictions/flipped-rows';
import { type ModelRows, rowsOfSides } from '../predictions/model-rows';
import { isPaired, type PairedModels, pairSources } from '../predictions/paired-models';
import { codeOf, pairColumns } from '../predictions/resampled-units';
import type { OfSides } from '../predictions/row-pairs';
import type { PredictionTable } from '../predictions/table/prediction-table';

/** A text of a cell that is longer is cut: it is read in a panel. */
const longestCell = 2000;

const none: ExamplePage = { of: 'classes', total: 0, columns: [], scoreOf: '', items: [] };

/** One page of them. Throws SlipwayError `invalid` or `too-large` with what is wrong with a file. */
export async function examplePage(
  sources: OfSides<ByteSource>,
  { flip, slice, offset, limit }: ExamplesQuery,
): Promise<ExamplePage> {
  const paired = await pairSources(sources, undefined);
  if (!isPaired(paired)) return none;
  const { tables, judged, pairs, task } = paired;
  const models = rowsOfSides(paired.sides, { judged, truth: paired.truth, units: singleRows(judged.length) });
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

/** The row at a place among the judged ones; `columns` are those whose cells are wanted. */
export function exampleAt(
  { tables, pairs, judged, task }: PairedModels,
  models: OfSides<ModelRows>,
  { place, columns }: { place: number; columns: readonly string[] },
): Example {
  const classes = task.kind === 'classes' ? task.classes : [];
  const pair = judged[place] ?? 0;
  const side = (table: PredictionTable, of: readonly ModelRows[], row: number): ExampleSide => ({
    ...toldBy(of, place, classes),
    score: scoreAt(of, place),
    cells: columns.map((name) => cut(table.slices.get(name)?.at(row))),
  });
  const [first, second] = [pairs.baseline[pair] ?? 0, pairs.candidate[pair] ?? 0];
  const [one] = models.baseline;
  return {
    id: cut(tables.baseline.ids[first]) ?? '',
    truth: one?.kind === 'classes' ? cut(classes[one.rows.truth[place] ?? -1]) : String(one?.rows.truth[place]),
    baseline: side(tables.baseline, models.baseline, first),
    candidate: side(tables.candidate, models.candidate, second),
  };
}

/** The label that most models of a side give, and how many are right; of numbers the mean of what they say. */
function toldBy(
  side: readonly ModelRows[],
  place: number,
  classes: readonly string[],
): Pick<ExampleSide, 'label' | 'residual' | 'right' | 'models'> {
  const models = side.length;
  const counts = new Map<number, number>();
  let right = 0;
  let sum = 0;
  for (const model of side) {
    const told = model.rows.predicted?.[place] ?? (model.kind === 'numbers' ? Number.NaN : -1);
    counts.set(told, (counts.get(told) ?? 0) + 1);
    sum += told;
    if (told === model.rows.truth[place]) right += 1;
  }
  if (side[0]?.kind === 'numbers') {
    return { label: String(sum / models), residual: toWire(residualAt(side, place)), right, models };
  }
  const [most = -1] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [];
  return { label: cut(classes[most]), residual: null, right, models };
}

function cut(text: string | undefined): string | null {
  if (text === undefined) return null;
  return text.length > longestCell ? `${text.slice(0, longestCell)}…` : text;
}
