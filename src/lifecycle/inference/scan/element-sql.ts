// A column of a table as the SQL that gives items of a tensor: what DuckDB can turn into them exactly, and the rest as it is.
import { SlipwayError } from '../../../base/errors';
import type { ArrowKind } from '../../../platform/arrow/arrow-kinds';
import { identifier } from '../../../platform/duckdb/duck-text';
import type { OnnxElement } from '../../../platform/onnx/onnx-session';
import type { TableColumn } from '../../../protocol/datasets/table-shape';
import type { InputColumns } from '../batch/input-columns';
import type { WrittenColumn } from './read-table';

/**
 * `item` is null where there is no value, and where `rest` has it because it is none that fits at first sight; `rest` is null
 * itself where that cannot be. `rests` says what `rest` holds.
 */
export interface ElementSql {
  item: string;
  rest: string | null;
  rests: 'texts' | 'numbers' | 'decimals';
}

/** `arrow` where that tells more than the type. */
export interface ElementColumn extends TableColumn {
  arrow: ArrowKind | undefined;
}

type Integer = Exclude<OnnxElement, 'float32' | 'float64' | 'float16' | 'bool' | 'string'>;

const integers: Readonly<Record<Integer, string>> = {
  int8: 'TINYINT',
  uint8: 'UTINYINT',
  int16: 'SMALLINT',
  uint16: 'USMALLINT',
  int32: 'INTEGER',
  uint32: 'UINTEGER',
  int64: 'BIGINT',
  uint64: 'UBIGINT',
};
const bits: Readonly<Record<string, number>> = {
  TINYINT: 8,
  UTINYINT: 8,
  SMALLINT: 16,
  USMALLINT: 16,
  INTEGER: 32,
  UINTEGER: 32,
  BIGINT: 64,
  UBIGINT: 64,
};

/**
 * `written` is the SQL of the column's values as they are written, where it has no type of its own. Throws SlipwayError
 * `invalid` for what has no text.
 */
export function elementSql(
  column: ElementColumn,
  written: Pick<WrittenColumn, 'text' | 'isNumber'> | undefined,
  { name: input, element }: Pick<InputColumns, 'name' | 'element'>,
): ElementSql {
  const name = identifier(column.name);
  const text = written?.text;
  if (element === 'string') {
    if (written?.isNumber) return ofWrittenNumber(written.text);
    return all(text ?? shownText(column, input));
  }
  if (text !== undefined || column.kind === 'text') return ofText(text ?? name, element);
  if (element === 'bool') return ofTruth(column, name);
  if (element in integers) return ofWhole(column, name, integers[element as Integer]);
  return all(real(column, name));
}

function all(item: string): ElementSql {
  return { item, rest: null, rests: 'texts' };
}

/** Whole numbers of JSON have one spelling. */
function ofWrittenNumber(text: string): ElementSql {
  return { item: `CASE WHEN regexp_full_match(${text}, '-?[0-9]+') THEN ${text} END`, rest: text, rests: 'decimals' };
}

/** Moments are those of UTC, as Python prints them; a float16 stays a number, of which the fewest digits are told elsewhere. */
function shownText({ name: column, type, arrow }: ElementColumn, input: string): string {
  const name = identifier(column);
  if (arrow === 'duration' || type === 'INTERVAL') {
    const sentence = `The column ${column} holds durations, and the input ${input} takes texts. Write them as the texts that the model was trained with.`;
    throw new SlipwayError('invalid', sentence);
  }
  if (arrow === 'half' || type === 'VARCHAR') return name;
  if (type === 'TIMESTAMP WITH TIME ZONE') return `${shownTime(`make_timestamp(epoch_us(${name}))`)} || '+00:00'`;
  // Of UTC: Parquet has no other, and Python names none.
  if (type === 'TIME WITH TIME ZONE') return shownTime(`CAST(${name} AS TIME)`);
  return /^TIME/.test(type) ? shownTime(name) : `CAST(${name} AS VARCHAR)`;
}

/** Six digits behind the second, nine where there are nanoseconds, none where there is no fraction. */
function shownTime(name: string): string {
  const text = `CAST(${name} AS VARCHAR)`;
  const point = `position('.' IN ${text})`;
  const digits = `CASE WHEN length(${text}) - ${point} <= 6 THEN 6 ELSE 9 END`;
  const length = `CAST(${point} + ${digits} AS INTEGER)`;
  return `CASE WHEN ${point} = 0 THEN ${text} ELSE rpad(${text}, ${length}, '0') END`;
}

/** What is written in the usual way; all else is judged as a single row is. */
function ofText(name: string, element: Exclude<OnnxElement, 'string'>): ElementSql {
  const text = `CAST(${name} AS VARCHAR)`;
  const rest = { rest: text, rests: 'texts' } as const;
  if (element === 'bool')
    return { item: `CASE lower(${text}) WHEN 'true' THEN true WHEN 'false' THEN false END`, ...rest };
  if (element in integers) {
    const type = integers[element as Integer];
    return {
      item: `CASE WHEN regexp_full_match(${text}, '[+-]?[0-9]+') THEN TRY_CAST(${text} AS ${type}) END`,
      ...rest,
    };
  }
  // To DuckDB 1_000 is a number.
  return { item: `CASE WHEN NOT contains(${text}, '_') THEN TRY_CAST(${text} AS DOUBLE) END`, ...rest };
}

function ofTruth({ kind }: TableColumn, name: string): ElementSql {
  if (kind === 'boolean') return all(name);
  const item = `CASE WHEN ${name} = 0 THEN false WHEN ${name} = 1 THEN true END`;
  return { item, rest: `CAST(${name} AS VARCHAR)`, rests: 'texts' };
}

/** DuckDB rounds by itself. */
function ofWhole({ kind, type }: TableColumn, name: string, wanted: string): ElementSql {
  if (kind === 'boolean' || isWithin(type, wanted)) return all(type === wanted ? name : `CAST(${name} AS ${wanted})`);
  const rest = `CAST(${name} AS VARCHAR)`;
  if (kind === 'integer') return { item: `TRY_CAST(${name} AS ${wanted})`, rest, rests: 'texts' };
  const item = `CASE WHEN ${name} = trunc(${name}) THEN TRY_CAST(${name} AS ${wanted}) END`;
  return { item, rest, rests: 'numbers' };
}

function isWithin(type: string, wanted: string): boolean {
  const [own, room] = [bits[type], bits[wanted] as number];
  if (own === undefined) return false;
  const [isUnsigned, takesUnsigned] = [type.startsWith('U'), wanted.startsWith('U')];
  return isUnsigned === takesUnsigned ? own <= room : isUnsigned && own < room;
}

/** As the double that Python would make of it. Decimals of many digits are exact as texts only. */
function real({ kind, type }: TableColumn, name: string): string {
  if (/^(DOUBLE|FLOAT)$/.test(type)) return name;
  const isExact = kind === 'boolean' || type in bits;
  return `CAST(${isExact ? name : `CAST(${name} AS VARCHAR)`} AS DOUBLE)`;
}
