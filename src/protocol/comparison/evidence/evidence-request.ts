// What is asked of the evidence behind a comparison: predictions, examples, and files that two runs wrote.
import * as z from 'zod';

const runId = z.string().min(1).max(256);
const path = z.string().min(1).max(4096);
/** The baseline, then the candidate. */
const runIds = z.tuple([runId, runId]);
const further = z.array(runId).max(200).default([]);
/** The other repeats of both sides, whose predictions are looked at together with those of `runIds`. */
const repeats = z.object({ baseline: further, candidate: further }).default({ baseline: [], candidate: [] });

/** `positive`: of more than two classes the one that is set against the rest; null: the first of them. */
export const evidenceQuery = z.object({
  runIds,
  repeats,
  positive: z.string().max(1000).nullable().default(null),
  bins: z.enum(['quantile', 'uniform']).default('quantile'),
});
export type EvidenceQuery = z.output<typeof evidenceQuery>;

/** Which flipped rows: of numbers `fixed` are those that the candidate tells nearer; `slice`: only those with this value of this column, '' being none. */
export const examplesQuery = z.object({
  runIds,
  repeats,
  flip: z.enum(['broken', 'fixed']),
  slice: z
    .object({ column: z.string().max(1000), value: z.string().max(100_000) })
    .nullable()
    .default(null),
  offset: z.number().int().min(0).default(0),
  limit: z.number().int().min(1).max(100).default(20),
});
export type ExamplesQuery = z.output<typeof examplesQuery>;

export const filePairsQuery = z.object({ runIds });
export type FilePairsQuery = z.output<typeof filePairsQuery>;

/** A page of two tables row by row; null is a table that one side does not have. */
export const tablePairQuery = z.object({
  runIds,
  paths: z.tuple([path.nullable(), path.nullable()]),
  onlyDiffering: z.boolean().default(true),
  offset: z.number().int().min(0).default(0),
  limit: z.number().int().min(1).max(100).default(20),
});
export type TablePairQuery = z.output<typeof tablePairQuery>;

/** One file of a run, to be looked at in a panel. */
export const filePreviewQuery = z.object({ runId, path });
export type FilePreviewQuery = z.output<typeof filePreviewQuery>;
