// One run or model of a foreign store on its way in.
import { SlipwayError } from '../../../../base/errors';
import type {
  PointColumns,
  RunDetails,
  SourceExperiment,
  SourceModel,
  SourceRun,
  SourceStore,
} from '../../../../lifecycle/runs/import/source-run';
import type { Database } from '../../../../platform/sqlite/database';
import type { ImportResult } from '../../../../protocol/jobs/job';
import type { PartLine } from '../../../../workspace/bundle/part-line';
import type { JobPort } from '../job-port';
import type { FileKeeper } from './kept-files';
import { PointLanding } from './point-landing';
import {
  cutTexts,
  fileLines,
  type LandedAs,
  modelLines,
  runFolder,
  runLines,
  runName,
  sourceTagLists,
} from './run-lines';

/** `database` is a reading connection to the workspace's own. */
export interface SourceLandingParts {
  store: SourceStore;
  database: Database;
  port: JobPort;
  files: FileKeeper;
  result: ImportResult;
}

/** Points of one step into a run that is there: each may be there already, which is looked for. */
const grownAtOnce = 500;
const longestKey = 250;

/** Lands things one after the other. */
export class SourceLanding {
  readonly parts: SourceLandingParts;
  readonly #experiments = new Map<string, string>();

  constructor(parts: SourceLandingParts) {
    this.parts = parts;
  }

  /** Brings in a run that is not here. */
  async landRun(run: SourceRun, runId: string, state: string): Promise<void> {
    const { port, database, result } = this.parts;
    const as = { runId, experimentId: await this.#experiment(run.experiment), now: Date.now() };
    const landing = new PointLanding(port, database);
    const details = await this.#read(run.read(), (columns) => landing.add(columns));
    const { series, lines, points } = await landing.finish();
    const part = { id: runId, experimentId: as.experimentId, series };
    const rest = await this.#lines(run, details, { as, state });
    await port.call('landRun', { part: { ...part, lines: [...rest, ...lines] }, inPlace: false });
    result.points += points;
  }

  /** Adds to a run that is here what is new in its source. */
  async growRun(
    run: SourceRun,
    runId: string,
    { state, startTime }: { state: string; startTime: number },
  ): Promise<void> {
    const { port, result } = this.parts;
    const as = { runId, experimentId: await this.#experiment(run.experiment), now: Date.now() };
    const send = async ({ key, steps, times, values }: PointColumns): Promise<void> => {
      for (let from = 0; from < times.length; from += grownAtOnce) {
        const [a, b] = [from, from + grownAtOnce];
        const columns = { key, steps: steps.slice(a, b), times: times.slice(a, b), values: values.slice(a, b) };
        port.goOn();
        result.points += await port.call<number>('growPoints', { runId, columns });
      }
    };
    const details = await this.#read(run.read(startTime), send);
    await port.call('growRun', { runId, lines: await this.#lines(run, details, { as, state }) });
  }

  /** Brings in a logged model that is not here. */
  async landModel(model: SourceModel): Promise<void> {
    const experimentId = await this.#experiment(model.experiment);
    const read = model.read();
    const kept = await this.parts.files.keep({ name: model.name, files: read.files });
    const files = fileLines(`${experimentId}/models/${model.modelId}/artifacts`, kept, Date.now());
    const lines = [...modelLines(model, read, experimentId), ...files];
    await this.parts.port.call('landLoggedModel', { id: model.modelId, experimentId, lines, series: [] });
  }

  /** Sends the run's points on; those of a name that cannot be a metric's are told and left. */
  async #read(
    points: Generator<PointColumns, RunDetails>,
    send: (columns: PointColumns) => Promise<void>,
  ): Promise<RunDetails> {
    const { store } = this.parts;
    for (let next = points.next(); ; next = points.next()) {
      if (next.done === true) return next.value;
      const { key, times } = next.value;
      if (key !== '' && key.length <= longestKey) await send(next.value);
      else store.report.leave('points of metrics with names beyond 250 characters', key.slice(0, 40), times.length);
    }
  }

  async #lines(
    run: SourceRun,
    details: RunDetails,
    { as, state }: { as: LandedAs; state: string },
  ): Promise<PartLine[]> {
    const name = { key: 'mlflow.runName', value: runName(run, details) };
    const tags = [...details.tags, name, ...sourceTagLists(this.parts.store, run, state)];
    for (const { name: what, why, count } of cutTexts(details)) this.parts.store.report.leave(what, why, count);
    const kept = await this.parts.files.keep(details);
    return [...runLines(run, { ...details, tags }, as), ...fileLines(runFolder(as), kept, as.now)];
  }

  async #experiment({ name, id, creationTime, lastUpdateTime, tags = [] }: SourceExperiment): Promise<string> {
    const known = this.#experiments.get(name);
    if (known !== undefined) return known;
    if (name === '') throw new SlipwayError('invalid', 'its experiment has no name');
    const row = {
      name,
      experiment_id: id ?? '',
      creation_time: creationTime ?? null,
      last_update_time: lastUpdateTime ?? null,
    };
    const lines: PartLine[] = [['experiments', row], ...tags.map((tag): PartLine => ['experiment_tags', { ...tag }])];
    const landed = await this.parts.port.call<{ id: string; isNew: boolean }>('landExperiment', lines);
    if (landed.isNew) this.parts.result.imported.experiment = (this.parts.result.imported.experiment ?? 0) + 1;
    this.#experiments.set(name, landed.id);
    return landed.id;
  }
}
