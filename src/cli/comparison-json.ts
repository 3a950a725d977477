// A comparison as programs read it.
import type { CandidateComparison, ComparedMetric, Comparison, SeedNoise } from '../protocol/comparison/comparison';

/** `verdict` and `metrics` come first; with several candidates each metric names its own. */
export function comparisonJson({ verdict, sentence, baseline, candidates }: Comparison): Record<string, unknown> {
  return {
    verdict,
    metrics: candidates.flatMap(({ candidate, metrics }) =>
      metrics.map((metric) => ({
        ...metricJson(metric),
        ...(candidates.length > 1
          ? { candidate_name: candidate.name, candidate_run: candidate.runs[0]?.runId ?? null }
          : {}),
      })),
    ),
    sentence,
    baseline_name: baseline.name,
    baseline_runs: baseline.runs.map(({ runId }) => runId),
    baseline_repeats: baseline.repeats.map(({ runId }) => runId),
    candidates: candidates.map(candidateJson),
  };
}

function metricJson({
  metric,
  baseline,
  candidate,
  effect,
  interval,
  p,
  test,
  n,
  ...rest
}: ComparedMetric): Record<string, unknown> {
  const { rawP, unit, verdict, needs, why, direction, seeds } = rest;
  return {
    metric,
    baseline,
    candidate,
    effect,
    interval,
    p,
    test,
    n,
    unit,
    raw_p: rawP,
    direction,
    verdict,
    needs,
    why,
    ...(seeds === undefined ? {} : { seeds: seedsJson(seeds) }),
  };
}

function seedsJson({
  baseline,
  candidate,
  differences,
  error,
  agree,
  signP,
  needs = null,
}: SeedNoise): Record<string, unknown> {
  return { baseline, candidate, differences, error, agree, sign_p: signP, needs };
}

function candidateJson(each: CandidateComparison): Record<string, unknown> {
  const { candidate, judged, verdict, sentence, support, changes, moreChanges, comparable, costs, predictions } = each;
  return {
    name: candidate.name,
    runs: candidate.runs.map(({ runId }) => runId),
    judged_runs: judged,
    repeats: candidate.repeats.map(({ runId }) => runId),
    verdict,
    sentence,
    support,
    changes,
    more_changes: moreChanges,
    comparable,
    costs,
    rows: predictions === null ? null : rowsJson(predictions.rows),
    flips:
      predictions?.flips?.of !== 'classes'
        ? null
        : {
            fixed: predictions.flips.fixed,
            broken: predictions.flips.broken,
            fixed_ids: predictions.flips.fixedIds,
            broken_ids: predictions.flips.brokenIds,
          },
    slices: (predictions?.slices ?? []).map(({ column, value, rows, ...metric }) => ({
      column,
      value,
      rows,
      ...metricJson(metric),
    })),
  };
}

type Rows = NonNullable<CandidateComparison['predictions']>['rows'];

function rowsJson(rows: Rows): Record<string, unknown> {
  return {
    judged: rows.judged,
    only_baseline: rows.onlyBaseline,
    only_candidate: rows.onlyCandidate,
    left_out_baseline: rows.leftOutBaseline,
    left_out_candidate: rows.leftOutCandidate,
    silent_candidate: rows.silent,
    without_truth: rows.unknown,
    cluster: rows.unit,
    clusters: rows.unit === null ? null : rows.units,
    without_cluster: rows.withoutUnit,
    draws: rows.draws,
    cluster_choices: rows.unitChoices,
  };
}
