// What a dataset and its versions look like to everything outside the engine. A version is its content: the same bytes
// are the same version, whatever the name or the time.
import * as z from 'zod';
import { referenceFault } from './panel/drift-reference';
import { type DatasetCommand, type DatasetSchedule, scheduleText } from './schedule/schedule';

/** A name is used in `NAME@VERSION` and as a key of slipway.yaml: no `@`, no control characters, no blank at an end. */
export const datasetName = z
  .string()
  .min(1, 'a name has at least one letter')
  .max(128, 'a name has at most 128 letters')
  .regex(/^[^\s@\p{Cc}](?:[^@\p{Cc}]*[^\s@\p{Cc}])?$/u, 'a name holds no @ and begins and ends with no blank')
  .refine((name) => !/^\.+$/.test(name), 'a name is more than dots')
  // JavaScript drops such a key of an object without a word.
  .refine((name) => name !== '__proto__', 'no dataset is called __proto__');

/** A label of a version, such as `2013-04` or `train`. `latest` always means the newest. */
export const versionLabel = z
  .string()
  .max(100)
  .regex(/^[\p{L}\p{N}_][\p{L}\p{N}_.\-+]*$/u, 'a label is letters, digits and . _ - +')
  .refine((label) => label !== 'latest', 'latest always means the newest version');

const place = z.string().min(1).max(4096);
const oneOrMore = <T extends z.ZodType>(each: T) =>
  z.union([each, z.array(each).min(1).max(1000)], { error: 'it is a text, or a list of texts' });

const driftReference = z
  .union([z.string(), z.array(z.string()).min(1)], { error: 'it is a text, or a list of texts' })
  .superRefine((reference, context) => {
    const message = referenceFault(reference);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  });

/** Where a dataset's bytes come from when they do not lie in the folder by themselves; fetched when asked. */
export const datasetSource = z.union(
  [
    z.strictObject({
      url: z.url({ protocol: /^https?$/, error: 'an address begins with http:// or https://' }).describe('an address'),
    }),
    z.strictObject({
      command: z
        .string()
        .min(1)
        .max(10_000)
        .describe(
          'run in the folder of slipway.yaml once somebody allowed it; writes the table to its standard output',
        ),
      format: z.enum(['csv', 'tsv', 'json', 'jsonl', 'parquet']).describe('what the command writes'),
    }),
    z.strictObject({
      sqlite: place.describe('a SQLite file'),
      query: z.string().min(1).max(100_000).describe('a SELECT over it; the rows are kept as CSV'),
    }),
  ],
  { error: 'it is { url }, { command, format } or { sqlite, query }' },
);
export type DatasetSource = z.output<typeof datasetSource>;

/** An entry of `datasets:` in slipway.yaml: exactly one of `path`, `query` and `source` says what it is. */
export const datasetDefinition = z
  .strictObject({
    path: oneOrMore(place)
      .optional()
      .describe('a file, a folder, a pattern, or a list of them, from the folder of slipway.yaml'),
    query: z.string().min(1).max(100_000).optional().describe('a SELECT over other datasets by their names'),
    source: datasetSource
      .optional()
      .describe('where it is fetched from: { url }, { command, format } or { sqlite, query }'),
    schedule: scheduleText
      .optional()
      .describe(
        'when its source is fetched by itself, once that is enabled on a machine: every 6h, daily 06:00, weekly mon 06:00, monthly 1 06:00, or five fields of cron; a time zone may follow',
      ),
    contract: place.optional().describe('its checks: an .odcs.yaml file, from the folder of slipway.yaml'),
    key: oneOrMore(z.string().min(1).max(250)).optional().describe('the columns that name a row'),
    time: z.string().min(1).max(250).optional().describe('the column that says when'),
    label: z.string().min(1).max(250).optional().describe('the column that is predicted'),
    reference: driftReference
      .optional()
      .describe(
        'what drift is measured against while no version has the label reference: last:N, the N versions before, or versions by label or id, all their rows together',
      ),
    weights: z
      .record(z.string().min(1).max(250), z.number().min(0, 'a weight is a number from 0 on'))
      .optional()
      .describe('how much each column counts in the model that was trained on it, such as its feature importance'),
    owner: z.string().min(1).max(250).optional().describe('whom to ask about it'),
    description: z.string().max(10_000).optional().describe('what it is'),
    tags: z.array(z.string().min(1).max(100)).max(100).optional().describe('words by which it is found'),
  })
  .refine(({ path, query, source }) => [path, query, source].filter((each) => each !== undefined).length === 1, {
    message: 'say where it is with exactly one of path, query and source',
  })
  .refine(({ source, schedule }) => schedule === undefined || source !== undefined, {
    message: 'only a source is fetched by schedule',
    path: ['schedule'],
  });
export type DatasetDefinition = z.output<typeof datasetDefinition>;

/** Which results are kept for a version. */
export const resultKind = z.enum(['profile', 'check', 'drift']);
export type ResultKind = z.infer<typeof resultKind>;

/** How a result turned out; null for one that says no yes or no, such as a profile. */
export const resultVerdict = z.enum(['pass', 'warning', 'fail', 'error', 'drift', 'no drift', 'too small to tell']);
export type ResultVerdict = z.infer<typeof resultVerdict>;

/** The newest result of one kind that a version has. Times are epoch milliseconds everywhere. */
export interface VersionState {
  kind: ResultKind;
  verdict: ResultVerdict | null;
  /** One line: `1 of 30 checks fails`. */
  summary: string;
  time: number;
}

/** One content of a dataset. */
export interface DatasetVersion {
  dataset: string;
  /** SHA-256 in hex: of the file itself, or of the listing of a folder's, glob's or list's files. */
  id: string;
  /** What DVC calls the same content: an md5, with `.dir` for a folder; null where DVC has no name for it. */
  dvc: string | null;
  /** When it was first seen, and last. */
  created: number;
  seen: number;
  /** Of a query: what it reads, which is not its own. */
  files: number;
  bytes: number;
  isQuery: boolean;
  /** Null until somebody counted. */
  rows: number | null;
  columns: number | null;
  /** `kept`: every byte lies in the workspace. `reference`: only its hashes do, and `why` says so in one sentence. */
  storage: { kind: 'kept' } | { kind: 'reference'; why: string };
  labels: string[];
  states: VersionState[];
  isLatest: boolean;
  /** When it was moved to the trash; null for a version in use. */
  deletedTime: number | null;
}

/** A dataset as a row of a list. */
export interface DatasetSummary {
  name: string;
  definition: DatasetDefinition;
  /** False when slipway.yaml names it no more; its versions are still known. */
  declared: boolean;
  versions: number;
  /** The newest version; null until it was read for the first time. */
  latest: DatasetVersion | null;
  /** What DVC or Git LFS know of its path, if anything. */
  tracked: TrackedPath | null;
  /** The command that makes it; null where none does. */
  command: DatasetCommand | null;
  /** When it is fetched by itself; null where slipway.yaml says nothing of it. */
  schedule: DatasetSchedule | null;
  /** Of a query: the datasets that have another version by now than the one it was made from. */
  behind: VersionReference[];
  deletedTime: number | null;
}

/** `made from jan@9c41f0ab; jan has a newer version`; '' for a dataset that is up to date. */
export function behindText(behind: readonly VersionReference[]): string {
  return behind
    .map(({ dataset, version }) => `made from ${dataset}@${version.slice(0, 8)}; ${dataset} has a newer version`)
    .join('; ');
}

/** What another tool says about a dataset's path. */
export interface TrackedPath {
  by: 'dvc' | 'git-lfs';
  /** DVC's id of the content that the repository asks for; null for Git LFS. */
  id: string | null;
  /** The `.dvc` file or `dvc.lock` that says so, relative to the workspace. */
  file: string | null;
  /** `here`: the bytes are there as asked for. */
  state: 'here' | 'changed' | 'missing' | 'not fetched';
  /** What to do, in one sentence; null when all is well. */
  advice: string | null;
}

/** One file of a version; `path` is relative to where the dataset begins, '' for a dataset that is one file. */
export interface DatasetFile {
  path: string;
  sha256: string;
  md5: string;
  bytes: number;
}

/** What a dataset's versions take up. `shared` are bytes that other versions, datasets or artifacts hold as well. */
export interface DatasetDiskUse {
  name: string;
  versions: number;
  bytes: number;
  shared: number;
  /** What emptying the trash would free of it. */
  inTrash: number;
}

/** Which version is meant: `latest`, a label, or the beginning of an id (at least four digits). */
export interface VersionReference {
  dataset: string;
  version: string;
}

const reference = /^([^@]+)@([^@]+)$/;

/** Reads `NAME@VERSION`, or `NAME` for its latest; undefined for what is neither. */
export function parseVersionReference(text: string): VersionReference | undefined {
  const [, dataset = text, version = 'latest'] = reference.exec(text) ?? [];
  return datasetName.safeParse(dataset).success ? { dataset, version } : undefined;
}
