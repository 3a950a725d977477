// Looks at what a version is now before it is moved: files are read and hashed, and its gate is run where it was not.
import { messageOf, SlipwayError } from '../../base/errors';
import type { KeptReport } from '../../lifecycle/models/decision/evidence';
import type { MoveGoal } from '../../lifecycle/models/decision/move-plan';
import { gatedNames } from '../../lifecycle/models/decision/store/rules-log';
import { isLookedAt } from '../../lifecycle/models/decision/version-moves';
import type { Door, MoveTerms, Warrant } from '../../lifecycle/models/decision/warrant';
import type { ModelVersionRow } from '../../lifecycle/models/model-version';
import { userEmail } from '../../platform/git/user-email';
import type { Refusal } from '../../protocol/models/registry/model-version';
import type { LoadedConfig } from '../../workspace/config';
import { localUser } from '../../workspace/identity';
import { VersionFiles } from '../gate/version/judged/version-files';
import { trainingVersions } from '../gate/version/training-data';
import { VersionGate } from '../gate/version/version-gate';
import type { Services } from '../services';

/** Who asks, by which door; `identity` null where nobody said. */
export interface Asking {
  identity: string | null;
  door: Door;
}

/** Milliseconds for which git's answer holds where rules are looked at. */
const patience = 2000;

/** Makes what a decision over a version needs, outside of every transaction. */
export class Warrants {
  readonly #services: Services;
  readonly #gate: VersionGate;
  #seen: LoadedConfig | undefined;
  #person: { time: number; said: Promise<string | null> } | undefined;

  constructor(services: Services) {
    this.#services = services;
    this.#gate = new VersionGate(services);
  }

  /** Git's user.email in the folder of the workspace, as it is now. */
  person(): Promise<string | null> {
    this.#person = { time: performance.now(), said: userEmail(this.#services.layout.root) };
    return this.#person.said;
  }

  /** Keeps what slipway.yaml says of models where it was written since the last time; asked every other second. */
  async tick(): Promise<void> {
    const now = this.#services.config.current();
    if (now === this.#seen) return;
    const isFirst = this.#seen === undefined;
    this.#seen = now;
    if (!isFirst) this.#services.events.everyModelChanged();
    try {
      await this.notice();
    } catch (error) {
      this.#seen = undefined;
      throw error;
    }
  }

  /** Keeps what slipway.yaml says of models now. */
  async notice(): Promise<void> {
    const { models, writes, events } = this.#services;
    if (!this.#isAnyGated()) return;
    const known = this.#person;
    const isFresh = known !== undefined && performance.now() - known.time < patience;
    const person = await (isFresh ? known.said : this.person());
    if (await writes.run(() => models.decisions.notice(person))) events.everyModelChanged();
  }

  /** What a move of that version brings along; nothing is looked at for one that needs no decision. Never throws for what stands in its way. */
  async terms(
    row: Pick<ModelVersionRow, 'name' | 'version'>,
    goal: MoveGoal | null,
    asking: Asking,
  ): Promise<MoveTerms> {
    await this.notice();
    const { decisions, versions } = this.#services.models;
    const usual: MoveTerms = { actor: asking.identity ?? localUser(), door: asking.door };
    const found = existing(() => versions.row(row.name, row.version));
    const rules = found === undefined ? null : decisions.rulesOf(found);
    if (found === undefined || rules === null || goal === null) return usual;
    const plan = decisions.moves.plan({ row: found, goal, rules });
    if (!isLookedAt(plan)) return usual;
    const isStrange = plan.isKept && decisions.lastPromotion(found, plan.target) === undefined;
    const runsGate = (plan.isInto || isStrange) && rules.definition.gates.length > 0;
    return { ...usual, ...(await this.look(found, { runsGate })) };
  }

  /** What the version is now. `runsGate`: its gate is run where no report is over that. */
  async look(
    row: ModelVersionRow,
    { runsGate, signal = new AbortController().signal }: { runsGate: boolean; signal?: AbortSignal },
  ): Promise<{ warrant: Warrant } | { obstacle: Refusal }> {
    const { decisions } = this.#services.models;
    try {
      const time = Date.now();
      const trained = (await trainingVersions(this.#services, row)).map(({ version }) => version);
      const subject = await this.#gate.subject(row, signal);
      const { model, version } = row;
      const warrant = { model, version, subject, time, trained };
      if (!runsGate || decisions.reportOver(row, subject) !== undefined) return { warrant };
      const kept: KeptReport = await this.#gate.run(row, { signal, onProgress: () => undefined });
      return { warrant: { ...warrant, subject: kept.subject, time: Date.now() } };
    } catch (error) {
      if (!SlipwayError.is(error)) throw error;
      return { obstacle: { rule: (await this.#hasFiles(row)) ? 'gate' : 'files', why: messageOf(error) } };
    }
  }

  #hasFiles(row: ModelVersionRow): Promise<boolean> {
    const found = VersionFiles.of(this.#services, row);
    return found.then(
      () => true,
      () => false,
    );
  }

  #isAnyGated(): boolean {
    const { config, opened } = this.#services;
    const { config: said } = config.current();
    return Object.keys(said.models).length > 0 || gatedNames(opened.database).length > 0;
  }
}

function existing<T>(find: () => T): T | undefined {
  try {
    return find();
  } catch (error) {
    if (SlipwayError.is(error)) return undefined;
    throw error;
  }
}
