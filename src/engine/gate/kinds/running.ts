// What running the model tells without a holdout: how long it takes, and whether its golden cases hold.
import { type Finding, missing, plainFinding } from '../../../lifecycle/models/gate/finding';
import type { RuleOf } from '../../../protocol/models/gate/gate-rule';
import type { GateAsked } from './asked';
import { placeBelow } from './place-below';

const inMilliseconds = { us: 0.001, ms: 1, s: 1000 } as const;
const benchmarkTerms = { runs: 1000, milliseconds: 2000 };

/** A quantile of the time of single runs, on one thread. The machine is this one, and its other work counts. */
export async function latencyFinding({ given, pool, terms }: GateAsked, rule: RuleOf<'latency'>): Promise<Finding> {
  const query = { path: given.candidate.path, given: null, batches: [rule.batch], threads: [1], ...benchmarkTerms };
  const { cells, input } = await pool.ask('benchmark', query, { deadline: terms.deadline, signal: terms.signal });
  const latency = cells[0]?.latency;
  const name = `p${Math.round(rule.quantile * 100)}` as 'p50' | 'p90' | 'p95' | 'p99';
  const rows = rule.batch === 1 ? 'one row' : `${rule.batch} rows`;
  const about = `latency ${name} of ${rows}, one thread, here`;
  if (latency === undefined) return missing(rule, about, 'The model was not timed.');
  const actual = latency[name] / inMilliseconds[rule.unit];
  const limit = { op: rule.op, value: rule.value };
  const expected = `${rule.op} ${rule.value} ${rule.unit}`;
  const why = `${actual.toPrecision(3)} ${rule.unit} over ${latency.runs} runs of ${input}.`;
  return { ...plainFinding, about, expected, limit, actual, n: latency.runs, unit: rule.unit, why };
}

/** Every golden case beside the model, or of the place that the rule names. */
export async function goldenFinding({ given, pool, terms }: GateAsked, rule: RuleOf<'golden'>): Promise<Finding> {
  const { path, rtol = null, atol = null } = rule;
  const about = path === undefined ? 'golden cases' : `golden cases of ${path}`;
  const place = path === undefined ? null : placeBelow(given.base, path);
  if (place === undefined) return missing(rule, about, `There is no ${path} in the folder of slipway.yaml or below.`);
  const question = { path: given.candidate.path, names: null, from: { place, rtol, atol } };
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
