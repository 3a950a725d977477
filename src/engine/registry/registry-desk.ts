// Where people decide: each request is looked at first, decided in one write, and answered with why not where rules refuse it.

import { SlipwayError } from '../../base/errors';
import { withoutEnd } from '../../base/text-end';
import { evidenceDigest, filesDigest } from '../../lifecycle/models/decision/evidence';
import type { MoveGoal } from '../../lifecycle/models/decision/move-plan';
import { versionStanding } from '../../lifecycle/models/decision/version-standing';
import { type Door, type MoveTerms, refusalsIn, refused } from '../../lifecycle/models/decision/warrant';
import type { ModelVersionRow } from '../../lifecycle/models/model-version';
import type {
  ApprovalRequest,
  DecisionAnswer,
  PromotionRequest,
  RollbackRequest,
  RulesApprovalRequest,
  WaiverRequest,
} from '../../protocol/models/registry/model-version';
import { countText, timeText } from '../../protocol/wording';
import type { Services } from '../services';
import { mlflowStageOf } from './mlflow-stages';
import { versionNamed } from './named-version';

interface By {
  identity: string;
  door: Door;
}

/** Every method throws SlipwayError for what is no refusal: an unknown version, a model without rules. */
export class RegistryDesk {
  readonly #services: Services;

  constructor(services: Services) {
    this.#services = services;
  }

  /** Agreeing to a version, or not. */
  async approve(request: ApprovalRequest): Promise<DecisionAnswer> {
    const { verdict, comment } = request;
    const { row, terms } = await this.#looked(request);
    const { decisions } = this.#services.models;
    const isThere = decisions.championOf(row.model)?.version === row.version;
    const said =
      isThere && verdict === 'approved'
        ? `agreed that ${row.name}@${row.version} leaves production: it is there already.`
        : `${verdict} ${row.name}@${row.version}.${verdict === 'approved' ? this.#gateWords(row, terms) : ''}`;
    return this.#answer({ row, terms }, `${request.identity} ${said}`, () => {
      this.#services.models.decisions.words.say(this.#gated(row), terms, { verdict, comment });
    });
  }

  /** Letting a rule pass for a while. */
  async waive(request: WaiverRequest): Promise<DecisionAnswer> {
    const { rule, reason, expires } = request;
    const { row, terms } = await this.#looked(request);
    const until = timeText(expires, Date.now());
    return this.#answer({ row, terms }, `${rule} does not stop ${row.name}@${row.version} until ${until}.`, () => {
      this.#services.models.decisions.words.waive(this.#gated(row), terms, { rule, reason, expires });
    });
  }

  /** A move of a version. */
  async promote(request: PromotionRequest, signal?: AbortSignal): Promise<DecisionAnswer> {
    const { models, warrants } = this.#services;
    const row = versionNamed(this.#services, request.name, request.version);
    const goal: MoveGoal = 'alias' in request.to ? request.to : { stage: mlflowStageOf(request.to.stage) };
    const terms = await warrants.terms(row, goal, { ...request, signal });
    const { name, version } = row;
    const where = 'alias' in request.to ? `@${request.to.alias}` : request.to.stage;
    const sentence = `${name}@${version} is ${where} now${this.#waived(row, terms)}.`;
    return this.#answer({ row, terms }, sentence, () => {
      if ('alias' in goal) models.aliases.set(name, goal.alias, String(version), terms);
      else if ('stage' in goal)
        models.versions.transition(name, version, { stage: goal.stage, archiveOthers: false }, terms);
    });
  }

  /** Back to the version that was good before: the first whose files are what they were. */
  async rollBack(request: RollbackRequest): Promise<DecisionAnswer> {
    const { models, warrants } = this.#services;
    await warrants.notice();
    const { decisions } = models;
    const model = models.registered.row(request.name);
    const left = decisions.championOf(model.model);
    if (decisions.rulesOf(model) === null) throw noRules(request.name);
    const usual: MoveTerms = { actor: request.identity, door: request.door };
    const { good, passedOver } = left === undefined ? nobodyGood : await this.#lastGood(model);
    const row = good?.row ?? left;
    const terms = { ...usual, ...(good === undefined ? {} : { warrant: good.warrant }) };
    const sentence = `${request.name}@${good?.row.version} is production again, and ${request.name}@${left?.version} is archived.`;
    const told = [sentence, ...passedOver].join(' ');
    return this.#answer({ row: row ?? { name: request.name, version: 0 }, terms }, told, () => {
      const rules = decisions.rulesOf(model);
      if (good === undefined || rules === null) throw nowhere(request.name, { champion: left?.version, passedOver });
      const said = { rules, terms, reason: request.reason, left: left?.version, passedOver };
      decisions.moves.rollBack(good.row, said);
    });
  }

  /** Agreeing to weaker rules of slipway.yaml. */
  async approveRules(request: RulesApprovalRequest): Promise<DecisionAnswer> {
    const { models, warrants, writes } = this.#services;
    await warrants.notice();
    const { name, identity: actor, door, comment } = request;
    const terms: MoveTerms = { actor, door };
    try {
      const { lack } = await writes.run(() =>
        models.decisions.guarded({ subject: name, terms }, () =>
          models.decisions.words.agreeToRules(name, terms, comment),
        ),
      );
      const more = `${countText(lack, 'more person has', 'more people have')} to agree to the rules of ${name}.`;
      return {
        name,
        version: '',
        refused: [],
        sentence: lack === 0 ? `The rules of ${name} count as they stand in slipway.yaml.` : more,
      };
    } catch (error) {
      return refusal(error, { name, version: '' });
    }
  }

  async #looked(request: { name: string; version: string } & By): Promise<{ row: ModelVersionRow; terms: MoveTerms }> {
    const { models, warrants } = this.#services;
    await warrants.notice();
    const row = versionNamed(this.#services, request.name, request.version);
    if (models.decisions.rulesOf(row) === null) throw noRules(row.name);
    const seen = await warrants.look(row, { runsGate: false });
    return { row, terms: { actor: request.identity, door: request.door, ...seen } };
  }

  #evidence(row: ModelVersionRow, { warrant }: MoveTerms): ReturnType<Decisions['evidence']> | undefined {
    const { decisions } = this.#services.models;
    const rules = decisions.rulesOf(row);
    return warrant === undefined || rules === null
      ? undefined
      : decisions.evidence(row, rules, evidenceDigest(warrant.subject));
  }

  /** What the gate found on what was agreed to, as a sentence more; nothing of one that passes. */
  #gateWords(row: ModelVersionRow, terms: MoveTerms): string {
    const evidence = this.#evidence(row, terms);
    if (evidence === undefined || evidence.report?.report.verdict === 'pass') return '';
    if (evidence.report === undefined) return ' Its gate has not judged it as it is now.';
    // As lists tell it.
    const { gate } = versionStanding(this.#services.models.decisions, row, this.#gated(row).rules);
    if (gate === 'outdated') {
      const subject = `${row.name}@${row.version}`;
      return ` What its gate found last is outdated: slipway gate ${subject} judges it as it is now.`;
    }
    const { sentence } = evidence.report.report;
    return ` Its gate says: ${sentence.replace(/\.$/, '')}${this.#waived(row, terms)}.`;
  }

  /** Rules that did not pass and that people let pass, as the end of a sentence. */
  #waived(row: ModelVersionRow, terms: MoveTerms): string {
    const evidence = this.#evidence(row, terms);
    if (evidence === undefined) return '';
    const { report, waivers } = evidence;
    const passed = new Set(report?.report.rules.filter(({ verdict }) => verdict === 'pass').map(({ id }) => id));
    const told = waivers.filter((each) => each.void === null && !passed.has(each.rule));
    const named = told.map(({ rule, person, expires }) => {
      return `${rule} waived by ${person} until ${timeText(expires, Date.now())}`;
    });
    return named.length === 0 ? '' : `, with ${named.join(', ')}`;
  }

  /** The rules as they are inside of the write. */
  #gated(row: ModelVersionRow): { row: ModelVersionRow; rules: NonNullable<ReturnType<Decisions['rulesOf']>> } {
    const rules = this.#services.models.decisions.rulesOf(row);
    if (rules === null) throw noRules(row.name);
    return { row, rules };
  }

  /** The newest version that was in production before and whose files are what they were; why later ones are not it. */
  async #lastGood(model: { model: number; name: string }): Promise<{ good?: Good; passedOver: string[] }> {
    const { models, warrants } = this.#services;
    const passedOver: string[] = [];
    for (const { version, files } of models.decisions.goodVersions(model.model)) {
      const row = existing(() => models.versions.row(model.name, version));
      const seen = row === undefined ? undefined : await warrants.look(row, { runsGate: false });
      const warrant = seen !== undefined && 'warrant' in seen ? seen.warrant : undefined;
      const isAsDecided = warrant !== undefined && filesDigest(warrant.subject.files) === files;
      if (row !== undefined && isAsDecided) return { good: { row, warrant }, passedOver };
      const changed = 'its files are not those that were decided over';
      const why =
        row === undefined ? 'it was deleted' : seen !== undefined && 'obstacle' in seen ? seen.obstacle.why : changed;
      passedOver.push(`${model.name}@${version} was passed over: ${withoutEnd(why, /[.\s]/)}.`);
    }
    return { passedOver };
  }

  async #answer(
    { row, terms }: { row: { name: string; version: number }; terms: MoveTerms },
    sentence: string,
    act: () => void,
  ): Promise<DecisionAnswer> {
    const { models, writes } = this.#services;
    const named = { name: row.name, version: row.version === 0 ? '' : String(row.version) };
    const subject = row.version === 0 ? row.name : `${row.name}@${row.version}`;
    try {
      await writes.run(() => models.decisions.guarded({ subject, terms }, act));
      return { ...named, refused: [], sentence };
    } catch (error) {
      return refusal(error, named);
    }
  }
}

type Decisions = Services['models']['decisions'];

const nobodyGood: { good?: Good; passedOver: string[] } = { passedOver: [] };

interface Good {
  row: ModelVersionRow;
  warrant: NonNullable<MoveTerms['warrant']>;
}

function refusal(error: unknown, named: { name: string; version: string }): DecisionAnswer {
  const refusals = refusalsIn(error);
  if (refusals === undefined || !SlipwayError.is(error)) throw error;
  return { ...named, refused: refusals, sentence: error.message };
}

function noRules(name: string): SlipwayError {
  return new SlipwayError(
    'invalid',
    `${name} has no gates in slipway.yaml, so there is nothing to decide: its versions move freely.`,
  );
}

function nowhere(
  name: string,
  { champion, passedOver }: { champion: number | undefined; passedOver: readonly string[] },
): SlipwayError {
  const changed = 'no version that was in production before is still what it was then';
  const none =
    champion === undefined
      ? 'no version is in production'
      : `no version was put there by a decision before ${name}@${champion}`;
  const instead = `slipway promote ${name}@V --to production puts one there`;
  const why = passedOver.length > 0 ? [changed, ...passedOver].join('. ') : `${none}: ${instead}`;
  return refused(`${name} cannot be rolled back`, [{ rule: 'rollback', why }], null);
}

function existing<T>(find: () => T): T | undefined {
  try {
    return find();
  } catch (error) {
    if (SlipwayError.is(error, 'not-found')) return undefined;
    throw error;
  }
}
