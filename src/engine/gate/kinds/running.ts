// What running the model tells without a holdout: how long it takes, and whether its golden cases hold.
import { dirname } from 'node:path';
import { expectedOf, limitOf } from '../../../lifecycle/models/gate/expectation';
import { type Finding, missing, plainFinding } from '../../../lifecycle/models/gate/finding';
import { placeOf } from '../../../lifecycle/models/gate/limit';
import type { BenchmarkCell } from '../../../protocol/inference/benchmark/benchmark';
import type { RuleOf } from '../../../protocol/models/gate/gate-rule';
import { countText } from '../../../protocol/wording';
import type { GateAsked } from './asked';
import { placeBelow } from './place-below';

const inMilliseconds = { us: 0.001, ms: 1, s: 1000 } as const;
const benchmarkTerms = { runs: 1000, milliseconds: 2000 };
const mostForQuantile = 20_000;

/** A quantile of the time of single runs, on one thread. The machine is this one, and its other work counts. */
export async function latencyFinding({ given, pool, terms }: GateAsked, rule: RuleOf<'latency'>): Promise<Finding> {
  const { quantile: share, batch, unit, use } = rule;
  const quantile = { share, confidence: 1 - rule.alpha, milliseconds: mostForQuantile };
  const query = {
    path: given.candidate.path,
    given: null,
    batches: [batch],
    threads: [1],
    ...benchmarkTerms,
    quantile,
  };
  const { cells, input, environment } = await pool.ask('benchmark', query, {
    deadline: terms.deadline,
    signal: terms.signal,
  });
  const [cell] = cells;
  const name = `p${Math.round(share * 100)}` as 'p50' | 'p90' | 'p95' | 'p99';
  const rows = batch === 1 ? 'one row' : `${batch} rows`;
  const about = `latency ${name} of ${rows}, one thread, on this machine`;
  if (cell === undefined) return missing(rule, about, 'The model was not timed.');
  if (cell.batch !== batch) {
    const why = `The model takes ${countText(cell.batch, 'row')} at once, and not the ${batch} of batch.`;
    return { ...plainFinding, about, verdict: 'error', why };
  }
  const found = timed(cell, name, inMilliseconds[unit]);
  const finding = {
    ...plainFinding,
    about,
    expected: expectedOf(rule),
    limit: limitOf(rule),
    ...found,
    byPoint: use === 'point',
  };
  return { ...finding, why: whyTimed(finding, { unit, input, machine: environment.processor }) };
}

type Timed = Pick<Finding, 'actual' | 'interval' | 'n' | 'unit' | 'test'> & {
  actual: number;
  interval: [number, number];
};

function timed({ latency, interval }: BenchmarkCell, name: 'p50' | 'p90' | 'p95' | 'p99', scale: number): Timed {
  const [low, high] = interval ?? [0, null];
  return {
    actual: latency[name] / scale,
    interval: [low / scale, high === null ? Number.POSITIVE_INFINITY : high / scale],
    ...{ n: latency.runs, unit: 'runs', test: 'order statistics' },
  };
}

function whyTimed(
  { actual, interval, n, limit, byPoint }: Timed & Pick<Finding, 'limit' | 'byPoint'>,
  { unit, input, machine }: { unit: string; input: string; machine: string },
): string {
  const [low, high] = interval.map((each) => (each === Number.POSITIVE_INFINITY ? 'more' : each.toPrecision(3)));
  const across =
    limit !== null && !byPoint && placeOf(interval, limit) === 'across' ? ' That reaches across the limit.' : '';
  return `${actual.toPrecision(3)} ${unit}, ${low} to ${high}, over ${n} runs of ${input} on ${machine}.${across}`;
}

/** Every golden case beside the model, or of the place that the rule names. */
export async function goldenFinding({ given, pool, terms }: GateAsked, rule: RuleOf<'golden'>): Promise<Finding> {
  const { path, rtol = null, atol = null } = rule;
  const about = path === undefined ? 'golden cases' : `golden cases of ${path}`;
  const place = path === undefined ? null : placeBelow(given.base, path);
  if (place === undefined) return missing(rule, about, `There is no ${path} in the folder of slipway.yaml or below.`);
  const { path: model, version } = given.candidate;
  // Of a version all that it is judged by goes with it: what lies elsewhere could change and nobody would notice.
  const within = place === null && version !== null ? dirname(model) : null;
  const question = { path: model, names: null, from: { place, rtol, atol, within } };
  const { results, problems } = await pool.ask('golden', question, {
    deadline: terms.deadline,
    signal: terms.signal,
  });
  const [problem] = problems;
  const found = { ...plainFinding, about, n: results.length, unit: 'cases' };
  if (problem !== undefined) {
    return { ...found, verdict: 'error', why: `${problem.file}:${problem.line}: ${problem.message}` };
  }
  if (results.length === 0)
    return missing(rule, about, `No golden case lies ${path === undefined ? 'beside the model' : `in ${path}`}.`);
  const passed = results.filter(({ verdict }) => verdict === 'pass').length;
  const bad = results.find(({ verdict }) => verdict !== 'pass');
  const limit = { op: '>=', value: results.length } as const;
  const why = bad === undefined ? 'All are as expected.' : `${bad.name}: ${bad.message.split('\n')[0]}`;
  return { ...found, limit, actual: passed, why };
}
