// A gate: every rule measured in turn, and one verdict over them.
import { messageOf, SlipwayError } from '../../base/errors';
import { type Finding, plainFinding, ruleResult } from '../../lifecycle/models/gate/finding';
import { correctedTogether, gateSentence, overallVerdict } from '../../lifecycle/models/gate/overall';
import type { ModelPool } from '../../protocol/inference/model-pool';
import type { GateReport, RuleResult } from '../../protocol/models/gate/gate-report';
import type { GateKind, GateRule, RuleOf } from '../../protocol/models/gate/gate-rule';
import { type GateGiven, isNone } from './given';
import type { GateAsked } from './kinds/asked';
import { fairnessFinding } from './kinds/fairness';
import { calibrationFinding, metricFinding } from './kinds/metric';
import { deltaFinding, noninferiorFinding } from './kinds/paired';
import { parityFinding } from './kinds/parity';
import { goldenFinding, latencyFinding } from './kinds/running';
import { docFinding, licenseFinding, signatureFinding, sizeFinding } from './kinds/said';
import { sliceFinding } from './kinds/slice';
import { type GateTerms, PredictedTables } from './predicted-tables';

type Measures = { [K in GateKind]?: (asked: GateAsked, rule: RuleOf<K>) => Promise<Finding> };

const measures: Measures = {
  metric: metricFinding,
  delta: deltaFinding,
  noninferior: noninferiorFinding,
  slice: sliceFinding,
  fairness: fairnessFinding,
  calibration: calibrationFinding,
  latency: latencyFinding,
  size: sizeFinding,
  golden: goldenFinding,
  parity: parityFinding,
  signature: signatureFinding,
  license: licenseFinding,
  doc: docFinding,
};

/** A rule that cannot be measured is an error of that rule. Throws only when it is taken back. */
export async function runGate(
  given: GateGiven,
  pool: ModelPool,
  { onResult, ...terms }: GateTerms & { onResult(result: RuleResult): void },
): Promise<GateReport> {
  const start = performance.now();
  const tables = new PredictedTables(given, pool, terms);
  const asked: GateAsked = { given, pool, tables, terms };
  const results: RuleResult[] = [];
  for (const rule of given.rules) {
    terms.signal.throwIfAborted();
    terms.progress({ what: `Rule ${rule.id}`, done: results.length, total: given.rules.length });
    const result = await measured(asked, rule);
    results.push(result);
    onResult(result);
  }
  const rules = correctedTogether(given.rules, results);
  const verdict = overallVerdict(rules);
  const { candidate } = given;
  return {
    model: given.model,
    version: candidate.version,
    verdict,
    sentence: gateSentence(candidate.name, verdict, rules),
    sha256: candidate.sha256,
    rulesDigest: given.rulesDigest,
    champion: await championOf(given),
    data: await dataOf(given, tables),
    rules,
    notes: given.notes,
    milliseconds: performance.now() - start,
  };
}

async function measured(asked: GateAsked, rule: GateRule): Promise<RuleResult> {
  const start = performance.now();
  const took = (): number => performance.now() - start;
  try {
    const measure = measures[rule.kind] as ((asked: GateAsked, rule: GateRule) => Promise<Finding>) | undefined;
    const finding = await (measure ?? ((_, each) => asked.given.fact(each)))(asked, rule);
    return ruleResult(rule, finding, took());
  } catch (error) {
    if (asked.terms.signal.aborted) throw error;
    const why = SlipwayError.is(error) ? error.message : `It could not be measured: ${messageOf(error)}`;
    const about = 'metric' in rule ? rule.metric : rule.kind;
    return ruleResult(rule, { ...plainFinding, about, verdict: 'error', why }, took());
  }
}

async function championOf(given: GateGiven): Promise<GateReport['champion']> {
  const words = given.rules.flatMap((rule) => ('against' in rule && rule.kind !== 'drift' ? (rule.against ?? []) : []));
  const word = words.includes('champion') ? 'champion' : words[0];
  if (word === undefined) return null;
  // One that nothing may be compared with is the error of each rule that does.
  const found = await given.other(word).catch(() => ({ none: '' }));
  return isNone(found) ? null : { name: found.name, version: found.version, sha256: found.sha256 };
}

async function dataOf(given: GateGiven, tables: PredictedTables): Promise<GateReport['data']> {
  const found = await given.table(null).catch(() => ({ none: '' }));
  if (isNone(found)) return null;
  const rows = tables.rows.get(found.name);
  return rows === undefined ? null : { name: found.name, version: found.version, rows };
}
