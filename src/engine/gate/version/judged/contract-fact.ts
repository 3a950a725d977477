// Whether the data of a version keep their contracts, as a training with them would be asked.
import { untoldOf } from '../../../../lifecycle/datasets/gate/contract-failures';
import type { ModelVersionRow } from '../../../../lifecycle/models/model-version';
import { parseVersionReference, type VersionReference } from '../../../../protocol/datasets/dataset';
import type { GateFact } from '../../../../protocol/models/gate/gate-questions';
import type { RuleOf } from '../../../../protocol/models/gate/gate-rule';
import { checkedVersion } from '../../../datasets/check-api';
import type { Services } from '../../../services';
import { trainingVersions } from '../training-data';
import { plainFact, unknownData } from './plain-fact';

/** Every dataset keeps its contract. One without a contract is missing, whatever the others say. Throws as checking does. */
export async function contractFact(
  services: Services,
  { row, rule, signal }: { row: ModelVersionRow; rule: RuleOf<'data'>; signal: AbortSignal },
): Promise<GateFact> {
  const about = 'the contract of its data';
  const named = rule.dataset === undefined ? undefined : parseVersionReference(rule.dataset);
  const wanted = named === undefined ? await trainingVersions(services, row) : [named];
  if (wanted.length === 0) return { ...plainFact, about, verdict: 'missing', why: unknownData(row) };
  const hasContract = ({ dataset }: VersionReference): boolean =>
    services.datasets.known.get(dataset).definition.contract !== undefined;
  const told: Told[] = [];
  for (const each of wanted.filter(hasContract)) told.push(await checked(services, each, signal));
  const unbound = [...new Set(wanted.filter((each) => !hasContract(each)).map(({ dataset }) => dataset))];
  const verdict = worstOf(
    [...told.map((each) => each.verdict), ...(unbound.length > 0 ? ['missing' as const] : [])],
    rule,
  );
  const lack = unbound.length === 0 ? [] : [`${unbound.join(', ')}: there is no contract. Name one in slipway.yaml.`];
  const why = [...told.map((each) => each.why), ...lack].join(' ');
  const n = told.reduce((sum, { checks }) => sum + checks, 0);
  return { ...plainFact, about, actual: verdict, n, unit: 'checks', verdict, why };
}

interface Told {
  verdict: 'pass' | 'fail' | 'error' | 'inconclusive';
  why: string;
  checks: number;
}

/** What is missing fails, or only warns where the rule says so: that hides nothing that is worse than a warning. */
function worstOf(
  verdicts: readonly (Told['verdict'] | 'missing')[],
  { on_missing }: Pick<RuleOf<'data'>, 'on_missing'>,
): Told['verdict'] | 'missing' {
  const order =
    on_missing === 'warn'
      ? (['fail', 'error', 'inconclusive', 'missing'] as const)
      : (['fail', 'missing', 'error', 'inconclusive'] as const);
  return order.find((verdict) => verdicts.includes(verdict)) ?? 'pass';
}

/** What fails stops; what could not be checked is no pass, as it is none before a training. */
async function checked(services: Services, reference: VersionReference, signal: AbortSignal): Promise<Told> {
  const query = { ...reference, contract: null, table: null, now: null };
  const report = await checkedVersion(services, query, signal);
  const { verdict, summary, checks, version } = report;
  const told = (found: Told['verdict'], more = ''): Told => {
    const why = `${reference.dataset}@${version.slice(0, 12)}: ${summary}.${more}`;
    return { verdict: found, why, checks: checks.length };
  };
  if (verdict === 'fail' || verdict === 'error') return told(verdict);
  if (!checks.some(({ severity }) => severity === 'error')) {
    return told('inconclusive', ' Its contract has no check of severity error: nothing could fail.');
  }
  const untold = untoldOf(report);
  return untold.length === 0 ? told('pass') : told('inconclusive', ` ${untold.slice(0, 3).join(' ')}`);
}
