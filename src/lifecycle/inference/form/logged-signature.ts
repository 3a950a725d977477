// What MLflow keeps of a model's input beside it: `MLmodel`, a YAML file with the signature, and the example that it names.
import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import type { ColumnKind } from '../../../protocol/datasets/table-shape';
import type { LoggedSignature } from '../../../protocol/inference/form/model-origin';

const mostBytes = 1024 * 1024;
const mlmodel = z.object({
  signature: z.object({ inputs: z.string().nullish() }).nullish(),
  saved_input_example_info: z.object({ artifact_path: z.string() }).nullish(),
});
const columns = z.array(z.object({ name: z.string().optional(), type: z.string() }));
const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const rows = z.union([z.array(z.array(value)), z.array(value).transform((row) => [row])]);
const example = z.union([
  z.object({ columns: z.array(z.string()).optional(), data: rows }),
  z.object({ inputs: rows }).transform(({ inputs }) => ({ columns: undefined, data: inputs })),
]);
/** MLflow's words for the types of columns. */
const kinds: Readonly<Record<string, ColumnKind>> = {
  boolean: 'boolean',
  integer: 'integer',
  long: 'integer',
  float: 'number',
  double: 'number',
  string: 'text',
  datetime: 'timestamp',
};

/**
 * The signature in `text`, an MLmodel file; `read` gives a file beside it by its name. Null where neither names of columns
 * nor an example of them can be read.
 */
export function loggedSignature(text: string, read: (name: string) => string | undefined): LoggedSignature | null {
  const file = mlmodel.safeParse(parsed(() => parse(text)));
  if (!file.success) return null;
  const inputs = columns.safeParse(parsed(() => JSON.parse(file.data.signature?.inputs ?? 'null')));
  const named = (inputs.data ?? []).flatMap(({ name, type }) =>
    name === undefined ? [] : [{ name, kind: kinds[type] ?? ('text' as const) }],
  );
  const place = file.data.saved_input_example_info?.artifact_path;
  const written = place === undefined ? undefined : read(place);
  const row = written === undefined ? null : exampleRow(written, named);
  return named.length === 0 && row === null ? null : { columns: named, example: row };
}

/** That of the MLmodel file beside the model at `path`; null where there is none. */
export function signatureBeside(path: string): LoggedSignature | null {
  const folder = dirname(path);
  // The name of the example may not lead elsewhere.
  const read = (name: string): string | undefined => (/[\\/]/.test(name) ? undefined : smallText(join(folder, name)));
  const text = read('MLmodel');
  return text === undefined ? null : loggedSignature(text, read);
}

/** The text of a file; undefined where there is none, or where it is too large to be one of these. */
export function smallText(place: string): string | undefined {
  try {
    return statSync(place).size > mostBytes ? undefined : readFileSync(place, 'utf8');
  } catch {
    return undefined;
  }
}

function exampleRow(text: string, named: LoggedSignature['columns']): LoggedSignature['example'] {
  const read = example.safeParse(parsed(() => JSON.parse(text)));
  const row = read.data?.data[0];
  if (read.data === undefined || row === undefined) return null;
  const texts = row.map((item) => (item === null ? null : String(item)));
  const own = read.data.columns;
  if (own === undefined || named.length === 0) return texts;
  return named.map(({ name }) => texts[own.indexOf(name)] ?? null);
}

/** Undefined for what cannot be parsed. */
function parsed(parse: () => unknown): unknown {
  try {
    return parse();
  } catch {
    return undefined;
  }
}
