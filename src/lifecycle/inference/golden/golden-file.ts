// MODEL.golden.yaml: golden cases that people write and read, beside the model.
import { parseDocument } from 'yaml';
import * as z from 'zod';
import { schemaProblems } from '../../../protocol/datasets/contract/reading/schema-problem';
import type { YamlPath } from '../../../protocol/datasets/contract/reading/yaml-places';
import { YamlPlaces } from '../../../protocol/datasets/contract/reading/yaml-places';
import {
  type GoldenCase,
  type GoldenProblem,
  type GoldenTerms,
  goldenModes,
} from '../../../protocol/inference/golden/golden-case';
import type { Nested } from '../input/given';

/** A case with what it gives and expects: as written, or the name of a file beside. */
export interface WrittenCase extends GoldenCase {
  input: { value: unknown } | { file: string };
  expected: { values: Record<string, Nested> } | { file: string };
}

const tolerance = z.number().min(0, 'it is 0 or more');
const termKeys = {
  mode: z.enum(goldenModes).optional(),
  rtol: tolerance.optional(),
  atol: tolerance.optional(),
  top: z.int().min(1, 'it is 1 or more').optional(),
  cosine: z.number().gt(-1, 'it is more than -1, which every row has').max(1, 'it is 1 or less').optional(),
};
const goldenCase = z.strictObject({
  name: z.string().min(1),
  input: z.unknown().optional(),
  inputFile: z.string().min(1).optional(),
  expected: z.record(z.string(), z.unknown()).optional(),
  expectedFile: z.string().min(1).optional(),
  ...termKeys,
});
const goldenFile = z.strictObject({ ...termKeys, cases: z.array(goldenCase) });
const fileKeys = Object.keys(goldenFile.shape);
const caseKeys = Object.keys(goldenCase.shape);

/** Near enough for float32 on another processor. */
const usualTerms: GoldenTerms = { mode: 'close', rtol: 1e-4, atol: 1e-6, top: 5, cosine: 0.999 };

/** The cases of the text of `file`; none where there are problems. */
export function readGoldenFile(text: string, file: string): { cases: WrittenCase[]; problems: GoldenProblem[] } {
  const yaml = new YamlPlaces(text);
  const told = (place: { line: number; column: number }, message: string): GoldenProblem => {
    return { file, line: place.line, column: place.column, message };
  };
  if (yaml.problems.length > 0) {
    return { cases: [], problems: yaml.problems.slice(0, 1).map(({ place, message }) => told(place, message)) };
  }
  const parsed = goldenFile.safeParse(exactValue(text));
  if (!parsed.success) {
    const known = (path: YamlPath): readonly string[] => (path.length === 0 ? fileKeys : caseKeys);
    const problems = schemaProblems(yaml, parsed.error, known).map(({ place, message }) => told(place, message));
    return { cases: [], problems };
  }
  const { cases, ...terms } = parsed.data;
  const problems = cases.flatMap((each, at) =>
    caseProblems(each, cases.slice(0, at)).map((message) => told(yaml.place(['cases', at]), message)),
  );
  if (problems.length > 0) return { cases: [], problems };
  return {
    cases: cases.map((each, at) => {
      const { line, column } = yaml.place(['cases', at]);
      return { ...writtenCase(each, terms), file, line, column };
    }),
    problems,
  };
}

type ReadCase = z.output<typeof goldenCase>;
type ReadTerms = Partial<Pick<ReadCase, keyof typeof termKeys>>;

function caseProblems(each: ReadCase, before: readonly ReadCase[]): string[] {
  const { name, input, inputFile, expected, expectedFile } = each;
  const one = (key: string, given: unknown, file: string | undefined): string[] => {
    if ((given !== undefined) !== (file !== undefined)) return [];
    return [`The case ${name} needs either ${key} or ${key}File${given === undefined ? '' : ', and has both'}.`];
  };
  return [
    ...one('input', input, inputFile),
    ...one('expected', expected, expectedFile),
    ...(expected !== undefined && Object.keys(expected).length === 0
      ? [`The case ${name} expects nothing. Name at least one output under expected.`]
      : []),
    ...(before.some((other) => other.name === name)
      ? [`Another case is named ${name} too. Give each its own name.`]
      : []),
  ];
}

function writtenCase(each: ReadCase, terms: ReadTerms): Omit<WrittenCase, 'file' | 'line' | 'column'> {
  const { name, input, inputFile, expected, expectedFile, ...own } = each;
  const said = (found: ReadTerms): Partial<GoldenTerms> =>
    Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
  return {
    name,
    terms: { ...usualTerms, ...said(terms), ...said(own) },
    input: inputFile === undefined ? { value: input } : { file: inputFile },
    expected: expectedFile === undefined ? { values: expected as Record<string, Nested> } : { file: expectedFile },
  };
}

/** Whole numbers beyond 2^53 stay exact, as bigint. */
function exactValue(text: string): unknown {
  const plain = (value: unknown): unknown => {
    if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value;
    if (Array.isArray(value)) return value.map(plain);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
  };
  return plain(parseDocument(text, { intAsBigInt: true }).toJS({ maxAliasCount: 100 }));
}
