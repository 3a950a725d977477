// Looks at what a version is now before it is moved: files are read and hashed, and its gate is run where it was not.
import { messageOf, SlipwayError } from '../../base/errors';
import type { KeptReport } from '../../lifecycle/models/decision/evidence';
import type { MoveGoal } from '../../lifecycle/models/decision/move-plan';
import { gatedNames } from '../../lifecycle/models/decision/store/rules-log';
import { isLookedAt } from '../../lifecycle/models/decision/version-moves';
import type { Door, MoveTerms, Warrant } from '../../lifecycle/models/decision/warrant';
import type { ModelVersionRow } from '../../lifecycle/models/model-version';
import { userEmail } from '../../platform/git/user-email';
import { personIdentity, type Refusal, type VersionFile } from '../../protocol/models/registry/model-version';
import type { LoadedConfig } from '../../workspace/config';
import { localUser } from '../../workspace/identity';
import { KnownHashes } from '../gate/version/judged/known-hashes';
import { VersionFiles } from '../gate/version/judged/version-files';
import { trainingVersions } from '../gate/version/training-data';
import { VersionGate } from '../gate/version/version-gate';
import type { Services } from '../services';
import { isChangedSince } from './held-files';

/** Who asks, by which door; `identity` null where nobody said. `signal`: they went away. */
export interface Asking {
  identity: string | null;
  door: Door;
  signal?: AbortSignal | undefined;
}

/** How a version is looked at. `runsGate`: its gate is run where no report is over what it is. `isShown`: nothing is decided by it. */
export interface Looking {
  runsGate: boolean;
  isShown?: boolean;
  signal?: AbortSignal | undefined;
}

/** Milliseconds that a gate goes on for a client that went away: MLflow's gives up after two minutes, and asks again. */
const lingering = 60_000;

/** Milliseconds for which git's answer holds where rules are looked at. */
const patience = 2000;

/** Makes what a decision over a version needs, outside of every transaction. */
export class Warrants {
  readonly #services: Services;
  readonly #gate: VersionGate;
  readonly #known = new KnownHashes();
  #seen: LoadedConfig | undefined;
  #person: { time: number; said: Promise<string | null> } | undefined;

  constructor(services: Services) {
    this.#services = services;
    this.#gate = new VersionGate(services);
  }

  /** Git's user.email in the folder of the workspace, as it is now. */
  person(): Promise<string | null> {
    const said = userEmail(this.#services.layout.root).then((email) => personIdentity.safeParse(email).data ?? null);
    this.#person = { time: performance.now(), said };
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
    return { ...usual, ...(await this.look(found, { runsGate, signal: asking.signal })) };
  }

  /** What the version is now. Throws SlipwayError `unavailable` when it is taken back. */
  async look(
    row: ModelVersionRow,
    { runsGate, isShown = false, signal = new AbortController().signal }: Looking,
  ): Promise<{ warrant: Warrant } | { obstacle: Refusal }> {
    try {
      const time = Date.now();
      const trained = (await trainingVersions(this.#services, row)).map(({ version }) => version);
      const subject = await this.#gate.subject(row, signal, isShown ? this.#known : undefined);
      const { model, version } = row;
      const warrant = { model, version, subject, time, trained, isChanged: this.#changing(row, time) };
      const { decisions } = this.#services.models;
      if (!runsGate || decisions.reportOver(row, subject) !== undefined) return { warrant };
      const kept = await this.#run(row, signal);
      // What was judged was read once more in the end.
      return { warrant: { ...warrant, subject: kept.subject, time: Date.now() } };
    } catch (error) {
      if (signal.aborted) throw new SlipwayError('unavailable', 'Whoever asked went away.', { cause: error });
      if (!SlipwayError.is(error)) throw error;
      return { obstacle: { rule: (await this.#hasFiles(row)) ? 'gate' : 'files', why: messageOf(error) } };
    }
  }

  /** Files that did not change since they were read last, for what is shown. */
  async filesShown(row: ModelVersionRow, signal: AbortSignal): Promise<VersionFile[]> {
    return (await VersionFiles.of(this.#services, row)).hashed(signal, this.#known);
  }

  #changing(row: ModelVersionRow, time: number): () => boolean {
    const services = this.#services;
    return () => isChangedSince(services, row, { time, artifactRoot: services.artifactRoot });
  }

  async #run(row: ModelVersionRow, signal: AbortSignal): Promise<KeptReport> {
    const ending = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    const leave = (): void => {
      timer = setTimeout(() => ending.abort(), lingering);
    };
    signal.addEventListener('abort', leave, { once: true });
    try {
      const kept = await this.#gate.run(row, { signal: ending.signal, onProgress: () => undefined });
      signal.throwIfAborted();
      return kept;
    } finally {
      signal.removeEventListener('abort', leave);
      clearTimeout(timer);
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
