// The golden cases of a model: those of MODEL.golden.yaml and the ONNX test data sets beside it, or those of another place.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { messageOf, SlipwayError, systemCodeOf } from '../../../base/errors';
import type { GoldenCase, GoldenCases, GoldenProblem } from '../../../protocol/inference/golden/golden-case';
import type { GoldenSource } from '../../../protocol/inference/golden/golden-questions';
import type { GivenInput, OpenedModel } from '../../../protocol/inference/prediction';
import type { Nested } from '../input/given';
import { parseJsonText } from '../input/json-text';
import { fileBeside } from './case-file';
import type { ExpectedValue } from './expected-value';
import { readGoldenFile, type WrittenCase } from './golden-file';
import { readTestSet, testSetsIn } from './test-set/test-set';

/** What a case gives and expects. */
export interface CaseContent {
  given: GivenInput;
  expected: Record<string, ExpectedValue>;
}

/** A case that can be read. */
export interface FoundCase extends GoldenCase {
  /** Throws SlipwayError with what is wrong. */
  content(model: OpenedModel): CaseContent;
}

/** `MODEL.golden.yaml` for `MODEL.onnx`. */
export function goldenFileOf(model: string): string {
  return join(dirname(model), `${basename(model).replace(/\.onnx$/i, '')}.golden.yaml`);
}

const besideModel: GoldenSource = { place: null, rtol: null, atol: null, within: null };

/** Every case of the model at `path`, read anew. Throws SlipwayError `not-found` or `invalid` for a place that cannot be read. */
export function goldenCases(
  path: string,
  { place, rtol, atol, within }: GoldenSource = besideModel,
): { cases: FoundCase[]; problems: GoldenProblem[] } {
  const { files, folder } = place === null ? { files: [goldenFileOf(path)], folder: dirname(path) } : placed(place);
  const sets = folder === null ? [] : testSetsIn(folder);
  const read = files.map((file) => casesOf(file, { sets, within }));
  const found = sets.map((set): FoundCase => ({ ...set, content: (model) => setContent(set.file, model) }));
  const cases = [...read.flatMap((each) => each.cases), ...found].map((each) => ({
    ...each,
    terms: { ...each.terms, ...(rtol === null ? {} : { rtol }), ...(atol === null ? {} : { atol }) },
  }));
  return { cases, problems: read.flatMap((each) => each.problems) };
}

/** Its golden files by name where it is a folder. */
function placed(place: string): { files: string[]; folder: string | null } {
  try {
    if (!statSync(place).isDirectory()) return { files: [place], folder: null };
    const names = readdirSync(place).filter((name) => /\.golden\.ya?ml$/i.test(name));
    return { files: names.toSorted().map((name) => join(place, name)), folder: place };
  } catch (error) {
    const code = systemCodeOf(error) === 'ENOENT' ? 'not-found' : 'invalid';
    throw new SlipwayError(code, `${place} cannot be read: ${messageOf(error)}`, { cause: error });
  }
}

/** A file that a case at a place names: as it is written there, with its real path; null where the case cannot read it. */
export interface NamedCaseFile {
  name: string;
  path: string | null;
}

/** What the cases at `place` read beside what lies there. Throws as `goldenCases`. */
export function namedFiles(place: string): NamedCaseFile[] {
  return placed(place).files.flatMap((file) =>
    writtenIn(file).cases.flatMap(({ input, expected }) =>
      [input, expected].flatMap((each): NamedCaseFile[] => {
        if (!('file' in each)) return [];
        try {
          return [{ name: each.file, path: fileBeside(file, each.file) }];
        } catch (error) {
          if (SlipwayError.is(error)) return [{ name: each.file, path: null }];
          throw error;
        }
      }),
    ),
  );
}

function writtenIn(file: string): ReturnType<typeof readGoldenFile> {
  const text = textOf(file);
  return text === undefined ? { cases: [], problems: [] } : readGoldenFile(text, file);
}

function casesOf(
  file: string,
  { sets, within }: { sets: readonly GoldenCase[]; within: string | null },
): { cases: FoundCase[]; problems: GoldenProblem[] } {
  const written = writtenIn(file);
  const cases = written.cases.map(({ input, expected, ...each }): FoundCase => {
    return { ...each, content: () => writtenContent({ ...each, input, expected }, within) };
  });
  const problems = cases.flatMap(({ name, line, column }): GoldenProblem[] => {
    if (!sets.some((set) => set.name === name)) return [];
    return [{ file, line, column, message: `The folder ${name} is a case of this name too. Give this one another.` }];
  });
  return { cases, problems: [...written.problems, ...problems] };
}

/** The same without their content, which can be sent. */
export function listedCases(path: string): GoldenCases {
  const { cases, problems } = goldenCases(path);
  return { cases: cases.map(({ content: _, ...each }) => each), problems };
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return undefined;
    throw new SlipwayError('invalid', `${file} cannot be read: ${messageOf(error)}`, { cause: error });
  }
}

function setContent(folder: string, model: OpenedModel): CaseContent {
  const { feeds, expected } = readTestSet(folder, model);
  const values = Object.entries(expected).map(([name, value]) => [name, { value }] as const);
  return { given: { kind: 'tensors', feeds }, expected: Object.fromEntries(values) };
}

function writtenContent({ input, expected, file }: WrittenCase, within: string | null): CaseContent {
  const beside = (name: string): string => fileBeside(file, name, within);
  const given: GivenInput =
    'file' in input
      ? { kind: 'file', path: beside(input.file), format: null }
      : { kind: 'text', text: typeof input.value === 'string' ? input.value : jsonOf(input.value), format: null };
  const values = 'file' in expected ? expectedFile(beside(expected.file)) : expected.values;
  return { given, expected: Object.fromEntries(Object.entries(values).map(([name, rows]) => [name, { rows }])) };
}

/** JSON with exact whole numbers, and words for what JSON has no numbers for. */
function jsonOf(value: unknown): string {
  if (typeof value === 'bigint' || typeof value === 'number') return String(value);
  if (Array.isArray(value)) return `[${value.map(jsonOf).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const parts = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}:${jsonOf(inner)}`);
  return `{${parts.join(',')}}`;
}

/** Outputs by name, alone or under `outputs` as `slipway predict --json` prints them. */
function expectedFile(path: string): Record<string, Nested> {
  const text = textOf(path);
  if (text === undefined) throw new SlipwayError('not-found', `There is no file ${path}.`);
  const value = parseJsonText(text);
  const found = isObject(value) && isObject(value.outputs) ? value.outputs : value;
  if (isObject(found) && Object.keys(found).length > 0) return found as Record<string, Nested>;
  throw new SlipwayError('invalid', `${path} must be an object with a value for each output.`);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
