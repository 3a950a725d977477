// What only the workspace knows of a version's rules: whether its data keep their contract, how far they drifted, what a
// person has to answer.
import { messageOf, SlipwayError } from '../../../../base/errors';
import type { GateFact } from '../../../../protocol/models/gate/gate-questions';
import type { GateRule, RuleOf } from '../../../../protocol/models/gate/gate-rule';
import type { Waiver } from '../../../../protocol/models/registry/model-version';
import type { JobTerms } from '../../../jobs/job-runner';
import type { Services } from '../../../services';
import type { Comparing } from './compared-models';
import { contractFact } from './contract-fact';
import { driftFact } from './drift-fact';
import { plainFact } from './plain-fact';

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

const finders = { data: contractFact, drift: driftFact, manual: manualFact };

async function tolerated(rule: GateRule, find: () => Promise<GateFact>, signal: AbortSignal): Promise<GateFact> {
  try {
    return await find();
  } catch (error) {
    if (signal.aborted) throw error;
    const why = SlipwayError.is(error) ? error.message : `It could not be found out: ${messageOf(error)}`;
    return { ...plainFact, about: rule.kind, verdict: 'error', why };
  }
}

/** Only the answer of a person counts, who gave it for what the version is now. */
async function manualFact(_: Services, { row, rule, answers }: Asked<RuleOf<'manual'>>): Promise<GateFact> {
  const answer = answers.find((each) => each.rule === rule.id && each.void === null);
  if (answer !== undefined) {
    const why = `${answer.person}: ${answer.reason}`;
    return { ...plainFact, about: rule.value, actual: 'answered', verdict: 'pass', why };
  }
  const why = `A person answers it: slipway waive ${row.name}@${row.version} ${rule.id} --reason … --until 90d`;
  return { ...plainFact, about: rule.value, verdict: 'inconclusive', why };
}
