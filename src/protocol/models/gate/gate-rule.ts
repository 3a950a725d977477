// The rules of a gate, as they stand below `models.NAME.gates` in slipway.yaml. A key that a kind does not know is an error.
import * as z from 'zod';

/** What a refusal is called that is of no rule of the gate: no rule may be called so. */
export const ownRefusals = ['approvals', 'audit', 'files', 'gate', 'protected', 'rollback', 'rules'];

const ruleId = z
  .string()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}_.-]{0,99}$/u, 'an id is letters, digits and . _ -, at most 100')
  .refine((id) => !ownRefusals.includes(id.toLowerCase()), {
    error: ({ input }) =>
      `${String(input)} is what refusals of Slipway itself are called: call the rule something else`,
  })
  .describe('what the rule is called in reports, refusals and waivers');
const severity = z
  .enum(['block', 'warn', 'info'])
  .default('block')
  .describe('block: nothing moves while it does not pass; warn and info are only told');
const onMissing = z
  .enum(['fail', 'warn'])
  .optional()
  .describe(
    'what it is when what it asks for is not there: fail unless said; a first version without a champion warns, and so does over a file what is judged of registered versions',
  );
const column = z.string().min(1).max(250);
const metric = z.string().min(1).max(100).describe('a metric of predictions, such as accuracy, roc_auc, f1, rmse');
const alpha = z
  .number()
  .gt(0)
  .lt(0.5)
  .default(0.05)
  .describe('intervals hold 1 − alpha, and p has to be at most alpha after Holm’s correction');
const operator = z.enum(['>=', '>', '<=', '<']);
const op = operator.describe('which side of the value is allowed');
const leastRows = z.number().int().min(1).max(10_000_000).describe('fewer rows than that say too little');
const use = z
  .enum(['interval', 'point', 'logged'])
  .default('interval')
  .describe('interval: all of it must be inside; point: the number alone; logged: the number that the run logged');
const against = z
  .string()
  .min(1)
  .max(4096)
  .default('champion')
  .describe('what it is compared with: champion, a version, an alias, a file, or git:REF:PATH');
const cluster = column
  .optional()
  .describe('the column whose rows belong together, such as a day: they are resampled as one');
const positive = z
  .union([z.string().max(1000), z.number(), z.boolean()])
  .optional()
  .describe('the label that counts as selected; the second of two where nothing is said');
const dataset = z
  .string()
  .min(1)
  .max(300)
  .optional()
  .describe('NAME@VERSION of other data than the holdout to judge it on');
const where = z.string().min(1).max(1000).describe("the rows that count, such as carrier = 'AA'");
const correction = z
  .enum(['holm', 'none'])
  .default('holm')
  .describe('holm: several comparisons that block are corrected together');
const belowFolder = z.string().min(1).max(4096);
const tolerance = z.number().min(0).describe('how far apart numbers may be: atol + rtol · |expected|');
const slice = z
  .strictObject({ where, min_n: leastRows.default(30) })
  .optional()
  .describe('only these rows');

function rule<K extends string, T extends z.ZodRawShape>(kind: K, about: string, shape: T) {
  return z
    .strictObject({ id: ruleId, kind: z.literal(kind), severity, on_missing: onMissing, ...shape })
    .describe(about);
}

const pairedTests = ['auto', 'paired-ci', 'mcnemar', 'delong', 'bootstrap', 'cluster-bootstrap'] as const;
const test = z
  .enum(pairedTests)
  .default('auto')
  .describe(
    'auto and paired-ci: McNemar mid-p for accuracy, DeLong for the ROC AUC of two classes, else the paired bootstrap',
  );

const metricRule = rule('metric', 'a metric on the holdout', {
  metric,
  op,
  value: z.number(),
  use,
  alpha,
  cluster,
  slice,
  dataset,
});
const deltaRule = rule('delta', 'how much better than another model, on the same rows', {
  against,
  metric,
  op: op.default('>').describe('how the gain has to lie to the value; more than 0 where nothing is said'),
  value: z.number().default(0),
  test,
  alpha,
  correction,
  cluster,
  slice,
  dataset,
});
const noninferiorRule = rule('noninferior', 'not worse than another model by more than a margin', {
  against,
  metric,
  margin: z.number().min(0).describe('how much worse is still allowed'),
  test,
  alpha,
  correction,
  cluster,
  slice,
  dataset,
});
const sliceRule = rule('slice', 'a metric in each slice of the rows', {
  by: z.array(column).min(1).max(20).optional().describe('columns, each value of which is a slice'),
  where: where.optional(),
  metric,
  max_drop: z.number().min(0).optional().describe('how much worse than the other model a slice may be'),
  against,
  op: op.optional(),
  value: z.number().optional(),
  min_n: leastRows.default(30),
  alpha,
  correction: z
    .enum(['holm', 'none'])
    .default('holm')
    .describe('holm: one of many slices that is bad by chance alone does not fail the rule'),
  dataset,
});
const fairnessRule = rule('fairness', 'how far groups are apart', {
  attribute: column.describe('the column whose values are the groups'),
  metric: z.enum(['dp_diff', 'dp_ratio', 'eo_diff', 'eo_ratio', 'tpr_diff', 'fpr_diff', 'ppv_diff']),
  op,
  value: z.number().min(0),
  use: z.enum(['interval', 'point', 'ci_upper', 'ci_lower']).default('interval'),
  min_n: leastRows.default(30),
  positive,
  dataset,
});
const calibrationRule = rule('calibration', 'how far scores are from how often they come true', {
  metric: z.enum(['ece', 'brier', 'log_loss']).default('ece'),
  op: op.default('<='),
  value: z.number().min(0),
  use: z.enum(['interval', 'point']).default('interval'),
  alpha,
  dataset,
});
const latencyRule = rule('latency', 'how long a run of the model takes on this machine', {
  quantile: z.union([z.literal(0.5), z.literal(0.9), z.literal(0.95), z.literal(0.99)]).default(0.95),
  op: op.default('<='),
  value: z.number().gt(0),
  unit: z.enum(['ms', 's', 'us']).default('ms'),
  batch: z.number().int().min(1).max(100_000).default(1).describe('rows in a run'),
  use: z.enum(['interval', 'point']).default('interval'),
  alpha,
});
const sizeRule = rule('size', 'how large the model’s files are', {
  op: op.default('<='),
  value: z.number().gt(0),
  unit: z.enum(['B', 'kB', 'KB', 'MB', 'GB']).default('MB').describe('1000 bytes are a kB'),
});
const goldenRule = rule('golden', 'the golden cases', {
  path: belowFolder
    .optional()
    .describe(
      'a golden file, or a folder with golden files and test data sets; beside the model where nothing is said',
    ),
  rtol: tolerance.optional(),
  atol: tolerance.optional(),
});
const parityRule = rule('parity', 'the same predictions as the framework it was trained in', {
  path: belowFolder
    .optional()
    .describe('predictions of the framework on the same rows; those of its run where nothing is said'),
  dataset,
  rtol: tolerance.default(1e-4),
  atol: tolerance.default(1e-6),
});
const driftRule = rule('drift', 'how many columns of the training data drifted since the last version’s', {
  op: op.default('<='),
  value: z.number().min(0).max(1).default(0.5).describe('the share of columns'),
  against: against.optional(),
});
const dataRule = rule('data', 'the data contract of what it was trained on', {
  dataset: dataset.describe('NAME or NAME@VERSION; the data of its run where nothing is said'),
});
const licenseRule = rule('license', 'the licence it says it has', {
  value: z.array(z.string().min(1).max(100)).min(1).max(100).describe('what is allowed, such as MIT, Apache-2.0'),
});
const signatureRule = rule('signature', 'inputs and outputs that fit those who use the other model', { against });
const docRule = rule('doc', 'that its document is filled in', {
  value: z.array(z.string().min(1).max(250)).min(1).max(100).describe('tags, or description, that must not be empty'),
});
const manualRule = rule('manual', 'a question that a person answers', {
  value: z.string().min(1).max(1000).describe('the question'),
});

/** One rule. */
export const gateRule = z.discriminatedUnion('kind', [
  metricRule,
  deltaRule,
  noninferiorRule,
  sliceRule
    .refine(({ by, where: rows }) => (by === undefined) !== (rows === undefined), {
      message: 'say the slices with exactly one of by and where',
      path: ['by'],
    })
    .refine(
      ({ max_drop, op: side, value }) =>
        max_drop === undefined ? side !== undefined && value !== undefined : side === undefined && value === undefined,
      { message: 'say what is allowed with max_drop, or with op and value', path: ['max_drop'] },
    ),
  fairnessRule,
  calibrationRule,
  latencyRule,
  sizeRule,
  goldenRule,
  parityRule,
  driftRule,
  dataRule,
  licenseRule,
  signatureRule,
  docRule,
  manualRule,
]);
export type GateRule = z.output<typeof gateRule>;
export type GateKind = GateRule['kind'];
/** The rule of one kind. */
export type RuleOf<K extends GateKind> = Extract<GateRule, { kind: K }>;
export type Operator = z.output<typeof operator>;
export type Severity = GateRule['severity'];

const ofRows: ReadonlySet<GateKind> = new Set<GateKind>([
  ...(['metric', 'delta', 'noninferior', 'slice', 'fairness', 'calibration', 'parity'] as const),
]);

/** True for a kind of rules that judges by what the model says of rows. */
export function readsRows(kind: GateKind): boolean {
  return ofRows.has(kind);
}
