// The gate of a registered version, run by the engine: what it finds is kept with the version.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SlipwayError } from '../../../base/errors';
import { newRunId } from '../../../base/ids';
import { type EvidenceSubject, evidenceDigest, type KeptReport } from '../../../lifecycle/models/decision/evidence';
import type { EffectiveRules } from '../../../lifecycle/models/decision/rules/effective-rules';
import type { ModelVersionRow } from '../../../lifecycle/models/model-version';
import { explainDiskFault } from '../../../platform/files/disk-fault';
import { readCodeState } from '../../../platform/git/code-state';
import type { VersionFile } from '../../../protocol/models/registry/model-version';
import { localUser } from '../../../workspace/identity';
import type { JobTerms } from '../../jobs/job-runner';
import type { Services } from '../../services';
import { askGate } from './gate-process';
import {
  type ComparedModels,
  type Comparing,
  championPin,
  comparedModels,
  comparedPins,
} from './judged/compared-models';
import { checkTables, judgedTables, readHoldouts, readTables, tablePins, tableRows } from './judged/judged-tables';
import type { KnownHashes } from './judged/known-hashes';
import { ruleFilePins } from './judged/rule-files';
import { frameworkPredictions, loggedMetrics, saidOf, saidPins } from './judged/run-facts';
import { versionFacts } from './judged/version-facts';
import { VersionFiles } from './judged/version-files';
import { keepGate } from './kept-gate';
import { trainingPins } from './training-data';

/** A version by its model's name and its number. */
export interface VersionName {
  name: string;
  version: number;
}

/** `deadline`: milliseconds that each model may take for each table, and for each rule that runs it. */
export interface GateJobTerms extends JobTerms {
  deadline?: number | undefined;
}

const usualDeadline = 600_000;

/** Reads what a version is now, and judges it. */
export class VersionGate {
  readonly #services: Services;

  constructor(services: Services) {
    this.#services = services;
  }

  /** Reads and hashes all files. Throws SlipwayError `not-found` for a version whose files are not kept here, or that moves freely. `known`: for what is only shown. */
  async subject(version: VersionName, signal: AbortSignal, known?: KnownHashes): Promise<EvidenceSubject> {
    const { row, rules } = this.#found(version);
    const services = this.#services;
    const files = await (await VersionFiles.of(services, row)).hashed(signal, known);
    const comparing = { row, definition: rules.definition, known };
    return {
      files,
      data: [...(await this.#pins(comparing, signal)), ...(await comparedPins(services, comparing, signal))],
      rulesDigest: rules.digest,
      champion: await championPin(services, comparing, signal),
    };
  }

  /**
   * Runs the gate over what the version is now and keeps the report. Throws as `subject`, when it is taken back, and SlipwayError
   * `conflict` where the version, its data, rules or champion changed meanwhile: nothing is kept then.
   */
  run(version: VersionName, terms: GateJobTerms): Promise<KeptReport> {
    const name = `${version.name}@${version.version}`;
    return this.#services.gates.run(name, terms, (shared) => this.#run(version, { ...terms, ...shared }));
  }

  async #run(version: VersionName, terms: GateJobTerms): Promise<KeptReport> {
    const found = this.#found(version);
    if (found.rules.definition.gates.length === 0) throw this.#noRules(version.name);
    await readHoldouts(this.#services, found.rules.definition, terms);
    const { gates } = this.#services.layout;
    await mkdir(gates, { recursive: true });
    const scratch = await mkdtemp(join(gates, 'gate-'));
    try {
      return await this.#judged({ version, ...found }, scratch, terms);
    } catch (error) {
      throw explainDiskFault(error, gates);
    } finally {
      await rm(scratch, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
    }
  }

  async #judged(
    { version, row, rules }: { version: VersionName } & FoundVersion,
    scratch: string,
    terms: GateJobTerms,
  ): Promise<KeptReport> {
    const started = Date.now();
    const services = this.#services;
    const laid = await this.#lay({ row, rules }, scratch, terms);
    const { waivers: answers } = services.models.decisions.evidence(row, rules, evidenceDigest(laid.subject));
    const facts = await versionFacts(services, { row, definition: rules.definition, answers }, terms);
    const output = join(scratch, 'output');
    const tables = judgedTables(services, rules.definition);
    const { report, onnxruntime } = await askGate(
      {
        ...{ folder: services.layout.root, model: row.name, base: null, rules, facts, tables, output },
        ...{ candidate: laid.candidate, others: laid.compared.others },
        deadline: terms.deadline ?? usualDeadline,
        logged: loggedMetrics(services, row.runId),
        said: saidOf(services, version.name, version.version),
        framework: await frameworkPredictions(services, row.runId, scratch),
      },
      scratch,
      terms,
    );
    await checkTables(services, tables, terms.signal);
    const subject = await this.#unchanged(version, laid.subject, terms.signal);
    const code = await readCodeState(services.layout.root);
    terms.signal.throwIfAborted();
    const judged = {
      ...{ id: newRunId(), row, subject, report, onnxruntime, code, rows: tableRows(services, rules.definition) },
      tables: readTables(rules.definition, tables),
      ...{ started, ended: Date.now(), actor: (await services.warrants.person()) ?? localUser() },
    };
    return keepGate(services, judged, join(output, 'predictions.parquet'));
  }

  /** Everything below `scratch`: what is judged is what lies there, and the subject is of that. */
  async #lay({ row, rules }: FoundVersion, scratch: string, { signal, onProgress }: GateJobTerms): Promise<Laid> {
    onProgress({ what: 'Reading the files', done: 0, total: rules.definition.gates.length });
    const services = this.#services;
    const folder = join(scratch, 'candidate');
    const files = await VersionFiles.of(services, row);
    const copied: VersionFile[] = await files.copied(folder, signal);
    const comparing = { row, definition: rules.definition };
    const compared = await comparedModels(services, comparing, { folder: scratch, signal });
    const { digest: rulesDigest } = rules;
    const pins = await this.#pins(comparing, signal);
    return {
      candidate: { path: join(folder, files.model()), name: files.name, version: String(row.version) },
      compared,
      subject: { files: copied, data: [...pins, ...compared.pins], rulesDigest, champion: compared.champion },
    };
  }

  /** Everything but models that the verdict rests on, by content. */
  async #pins({ row, definition }: Comparing, signal: AbortSignal): Promise<EvidenceSubject['data']> {
    const services = this.#services;
    const trained = await trainingPins(services, row, definition);
    const tables = tablePins(services, definition);
    const files = await ruleFilePins(services, definition, { datasets: trained.datasets, signal });
    return [...tables, ...trained.pins, ...files, ...(await saidPins(services, row, { definition, signal }))];
  }

  async #unchanged(version: VersionName, before: EvidenceSubject, signal: AbortSignal): Promise<EvidenceSubject> {
    const now = await this.subject(version, signal);
    if (evidenceDigest(now) === evidenceDigest(before)) return now;
    const what = JSON.stringify(now.files) === JSON.stringify(before.files) ? 'data, rules or champion' : 'files';
    const name = `${version.name}@${version.version}`;
    throw new SlipwayError(
      'conflict',
      `The ${what} of ${name} changed while its gate ran. Nothing was kept: try again.`,
    );
  }

  #found({ name, version }: VersionName): FoundVersion {
    const { versions, decisions } = this.#services.models;
    const row = versions.row(name, version);
    const rules = decisions.rulesOf(row);
    if (rules !== null) return { row, rules };
    throw this.#noRules(name);
  }

  /** A mistake may be why there are none. */
  #noRules(name: string): SlipwayError {
    const { problems, isUnread, unreadModels } = this.#services.config.current();
    const mistakes = isUnread
      ? problems
      : [unreadModels?.all, unreadModels?.byName[name]].flatMap((each) => each ?? []);
    if (mistakes.length > 0) return new SlipwayError('invalid', mistakes.join('\n'));
    const why = `slipway.yaml has no gates for ${name}, so there is nothing to hold it against.`;
    return new SlipwayError('not-found', why);
  }
}

interface FoundVersion {
  row: ModelVersionRow;
  rules: EffectiveRules;
}

interface Laid {
  candidate: { path: string; name: string; version: string };
  compared: ComparedModels;
  subject: EvidenceSubject;
}
