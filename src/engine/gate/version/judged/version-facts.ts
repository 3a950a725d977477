// What only the workspace knows of a version's rules: whether its data keep their contract, how far they drifted, what a
// person has to answer.
import { messageOf, SlipwayError } from '../../../../base/errors';
import type { ModelVersionRow } from '../../../../lifecycle/models/model-version';
import { parseVersionReference, type VersionReference } from '../../../../protocol/datasets/dataset';
import { driftOptions } from '../../../../protocol/datasets/drift';
import { isUntold } from '../../../../protocol/datasets/state-words';
import type { TableSource } from '../../../../protocol/datasets/table-source';
import type { GateFact } from '../../../../protocol/models/gate/gate-questions';
import type { GateRule, RuleOf } from '../../../../protocol/models/gate/gate-rule';
import type { Waiver } from '../../../../protocol/models/registry/model-version';
import { countText } from '../../../../protocol/wording';
import { checkedVersion } from '../../../datasets/check-api';
import { askSteadily } from '../../../datasets/steady-tables';
import type { JobTerms } from '../../../jobs/job-runner';
import type { Services } from '../../../services';
import { trainingVersions } from '../training-data';
import { type Comparing, comparedVersion } from './compared-models';

const plain: GateFact = { about: '', actual: null, n: null, unit: null, verdict: null, isFirst: false, why: '' };

/** `answers`: what people said of rules, each with why it does not count. */
interface Judging extends Comparing {
  answers: readonly Waiver[];
}

/** By the rules' ids. What cannot be found out is the error of its rule. Throws only when it is taken back. */
export async function versionFacts(
  services: Services,
  judging: Judging,
  { signal, onProgress }: JobTerms,
): Promise<Record<string, GateFact>> {
  const facts: [string, GateFact][] = [];
  for (const rule of judging.definition.gates) {
    const find = finders[rule.kind as keyof typeof finders] as Finder<GateRule> | undefined;
    if (find === undefined) continue;
    signal.throwIfAborted();
    onProgress({ what: `Rule ${rule.id}`, done: 0, total: 0 });
    facts.push([rule.id, await tolerated(rule, () => find(services, { ...judging, rule, signal }), signal)]);
  }
  return Object.fromEntries(facts);
}

interface Asked<R> extends Judging {
  rule: R;
  signal: AbortSignal;
}
type Finder<R> = (services: Services, asked: Asked<R>) => Promise<GateFact>;

const finders = { data: dataFact, drift: driftFact, manual: manualFact };

async function tolerated(rule: GateRule, find: () => Promise<GateFact>, signal: AbortSignal): Promise<GateFact> {
  try {
    return await find();
  } catch (error) {
    if (signal.aborted) throw error;
    const why = SlipwayError.is(error) ? error.message : `It could not be found out: ${messageOf(error)}`;
    return { ...plain, about: rule.kind, verdict: 'error', why };
  }
}

/** Every dataset that has a contract keeps it; where none has one there is nothing that could. */
async function dataFact(services: Services, { row, rule, signal }: Asked<RuleOf<'data'>>): Promise<GateFact> {
  const about = 'the contract of its data';
  const named = rule.dataset === undefined ? undefined : parseVersionReference(rule.dataset);
  const wanted = named === undefined ? await trainingVersions(services, row) : [named];
  if (wanted.length === 0) return { ...plain, about, verdict: 'missing', why: unknownData(row) };
  const bound = wanted.filter(({ dataset }) => services.datasets.known.get(dataset).definition.contract !== undefined);
  if (bound.length === 0) {
    const why = `${wanted.map(({ dataset }) => dataset).join(', ')}: there is no contract. Name one in slipway.yaml.`;
    return { ...plain, about, verdict: 'missing', why };
  }
  const told: { verdict: 'pass' | 'fail' | 'error'; why: string; checks: number }[] = [];
  for (const each of bound) told.push(await checked(services, each, signal));
  const worst = (['fail', 'error', 'pass'] as const).find((verdict) => told.some((each) => each.verdict === verdict));
  const why = told.map((each) => each.why).join(' ');
  const n = told.reduce((sum, { checks }) => sum + checks, 0);
  return { ...plain, about, actual: worst ?? null, verdict: worst ?? 'error', n, unit: 'checks', why };
}

async function checked(services: Services, reference: VersionReference, signal: AbortSignal) {
  const query = { ...reference, contract: null, table: null, now: null };
  const { verdict, summary, checks, version } = await checkedVersion(services, query, signal);
  const why = `${reference.dataset}@${version.slice(0, 12)}: ${summary}.`;
  return { verdict: verdict === 'warning' ? ('pass' as const) : verdict, why, checks: checks.length };
}

/** The share of columns that drifted since the other version's training data, dataset by dataset. */
async function driftFact(
  services: Services,
  { rule, signal, ...comparing }: Asked<RuleOf<'drift'>>,
): Promise<GateFact> {
  const word = rule.against ?? 'champion';
  const about = `columns of the training data that drifted since ${word}`;
  const other = await comparedVersion(services, comparing, word);
  if ('none' in other) return { ...plain, about, verdict: 'missing', why: other.none, isFirst: other.isFirst };
  const [own, theirs] = [await trainingVersions(services, comparing.row), await trainingVersions(services, other)];
  const [unknown] = [...(own.length === 0 ? [comparing.row] : []), ...(theirs.length === 0 ? [other] : [])];
  if (unknown !== undefined) return { ...plain, about, verdict: 'missing', why: unknownData(unknown) };
  const pairs = own.flatMap((current) => {
    const reference = theirs.find(({ dataset }) => dataset === current.dataset);
    return reference === undefined ? [] : [{ current, reference }];
  });
  if (pairs.length === 0) {
    const why = `${other.name}@${other.version} was trained on other datasets: there is nothing to compare.`;
    return { ...plain, about, verdict: 'missing', why };
  }
  return { ...(await driftOf(services, pairs, { rule, signal })), about };
}

interface Pair {
  current: VersionReference;
  reference: VersionReference;
}

async function driftOf(
  services: Services,
  pairs: readonly Pair[],
  { rule, signal }: { rule: RuleOf<'drift'>; signal: AbortSignal },
): Promise<GateFact> {
  let [drifted, columns, isTold] = [0, 0, true];
  const said: string[] = [];
  for (const { current, reference } of pairs) {
    if (current.version === reference.version) {
      said.push(`${current.dataset} is the same version.`);
      continue;
    }
    const found = await measured(services, { current, reference }, signal);
    drifted += found.drifted;
    columns += found.columns;
    isTold &&= found.isTold;
    said.push(`${current.dataset}: ${found.drifted} of ${countText(found.columns, 'column')} drifted.`);
  }
  const actual = columns === 0 ? 0 : drifted / columns;
  const holds = rule.op === '<=' ? actual <= rule.value : rule.op === '<' ? actual < rule.value : null;
  const verdict = !isTold && holds !== false ? 'inconclusive' : null;
  const untold = verdict === null ? '' : ' Of some columns it cannot be told, or they are gone.';
  return { ...plain, actual, n: columns, unit: 'columns', verdict, why: `${said.join(' ')}${untold}` };
}

async function measured(
  { datasets, data }: Services,
  { current, reference }: Pair,
  signal: AbortSignal,
): Promise<{ drifted: number; columns: number; isTold: boolean }> {
  const keys = [datasets.known.get(current.dataset).definition.key ?? []].flat();
  const options = driftOptions.parse({ preset: 'slipway', keys });
  const drift = await askSteadily(datasets, [current, reference], {
    act: 'compared',
    ask: ([own, theirs]) => {
      const input = { reference: theirs as TableSource, current: own as TableSource, options };
      return data.ask('drift', input, { signal });
    },
  });
  const { drifted, columns } = drift.dataset;
  return { drifted, columns, isTold: !isUntold(drift) };
}

/** Only the answer of a person counts, who gave it for what the version is now. */
async function manualFact(_: Services, { row, rule, answers }: Asked<RuleOf<'manual'>>): Promise<GateFact> {
  const answer = answers.find((each) => each.rule === rule.id && each.void === null);
  if (answer !== undefined) {
    const why = `${answer.person}: ${answer.reason}`;
    return { ...plain, about: rule.value, actual: 'answered', verdict: 'pass', why };
  }
  const why = `A person answers it: slipway waive ${row.name}@${row.version} ${rule.id} --reason … --until 90d`;
  return { ...plain, about: rule.value, verdict: 'inconclusive', why };
}

function unknownData({ name, version }: ModelVersionRow): string {
  return `What ${name}@${version} was trained on is not known: register it with --data DATASET@VERSION, or log it with its run.`;
}
