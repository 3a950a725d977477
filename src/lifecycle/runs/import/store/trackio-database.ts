// Reads the databases of Trackio, one for each project. Its tables change without a number, so what is there is looked up.
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { messageOf } from '../../../../base/errors';
import type { ForeignCopy } from '../../../../platform/sqlite/foreign-copy';
import { filesBelow, filesState } from '../files/file-tree';
import { flatLeaves, numberOf, paramText, readJson } from '../json-values';
import { isRunId } from '../mlflow/mlflow-words';
import { SeriesBuffer } from '../series-buffer';
import type { SourceReport } from '../source-report';
import type { PointColumns, RunDetails, SourceExperiment, SourceFile, SourceRun } from '../source-run';
import { shortHash } from '../source-tags';
import { ForeignTables } from './foreign-tables';

/** An opened project; `path` is the database's own. */
export interface TrackioParts {
  copy: ForeignCopy;
  path: string;
  report: SourceReport;
}

/** True for a database of Trackio. */
export function isTrackio(tables: ForeignTables): boolean {
  return (
    tables.has('metrics') &&
    tables.columns('metrics').includes('run_name') &&
    tables.columns('metrics').includes('metrics')
  );
}

const left: readonly [table: string, name: string][] = [
  ['traces', 'traces'],
  ['alerts', 'alerts'],
  ['artifact_versions', 'versions of artifacts'],
];

/** The runs of a project, oldest first. Throws SlipwayError `damaged`. */
export function trackioRuns(parts: TrackioParts): SourceRun[] {
  const tables = new ForeignTables(parts.copy.database, parts.path);
  for (const [table, name] of left) parts.report.leave(name, 'they are not taken from Trackio', tables.count(table));
  // Before runs had ids, their names were what told them apart.
  const id = tables.columns('metrics').includes('run_id') ? 'run_id' : 'run_name';
  const heads = new Map<string, { name: string; first: string }>();
  for (const table of ['metrics', 'configs', 'system_metrics']) {
    const time = table === 'configs' ? 'created_at' : 'timestamp';
    for (const row of tables.grouped(table, id, `max(run_name) AS name, min(${time}) AS first`)) {
      const known = heads.get(String(row.id));
      const first = String(row.first);
      heads.set(String(row.id), { name: String(row.name), first: known && known.first < first ? known.first : first });
    }
  }
  const sorted = [...heads].sort(([, a], [, b]) => (a.first < b.first ? -1 : 1));
  return sorted.map(
    ([identity, { name, first }]) => new TrackioRun({ ...parts, tables, id }, { identity, name, first }),
  );
}

class TrackioRun implements SourceRun {
  readonly identity: string;
  readonly runId: string | null;
  readonly name: string;
  readonly experiment: SourceExperiment;
  readonly #parts: TrackioParts & { tables: ForeignTables; id: string };
  readonly #key: string;
  readonly #first: string;

  constructor(
    parts: TrackioParts & { tables: ForeignTables; id: string },
    { identity, name, first }: { identity: string; name: string; first: string },
  ) {
    const project = basename(parts.path, '.db');
    this.#parts = parts;
    this.#key = identity;
    this.#first = first;
    this.identity = parts.id === 'run_id' ? identity : `${project} ${identity}`;
    this.runId = parts.id === 'run_id' && isRunId(identity) ? identity : null;
    this.name = name;
    this.experiment = { name: project };
  }

  state(): string {
    const { tables, id } = this.#parts;
    const sums = ['metrics', 'configs', 'system_metrics'].map((table) =>
      tables.grouped(table, id, 'count(*) AS n, max(id) AS last', this.#key),
    );
    return shortHash(JSON.stringify([sums, filesState(this.#files())]));
  }

  *read(): Generator<PointColumns, RunDetails> {
    const { path, report } = this.#parts;
    const times: Times = { first: time(this.#first) ?? 0, last: undefined };
    try {
      yield* this.#points('metrics', times);
      yield* this.#points('system_metrics', times);
    } catch (error) {
      report.problem(path, `metrics of ${this.#key}`, messageOf(error));
    }
    const config = this.#config();
    return {
      name: this.name,
      userId: typeof config._Username === 'string' ? config._Username : '',
      status: 'FINISHED',
      startTime: times.first,
      endTime: times.last ?? times.first,
      params: [...flatLeaves('', config)]
        .filter(([key]) => key !== '' && !key.startsWith('_'))
        .map(([key, value]) => ({ key, value: paramText(value) })),
      tags: typeof config._Group === 'string' ? [{ key: 'trackio.group', value: config._Group }] : [],
      datasets: [],
      models: [],
      files: this.#files(),
    };
  }

  *#points(table: 'metrics' | 'system_metrics', times: Times): Generator<PointColumns> {
    const { tables, id, path, report } = this.#parts;
    const buffer = new SeriesBuffer();
    const isSystem = table === 'system_metrics';
    let samples = 0;
    for (const [row, at, step, text] of tables.logged(table, id, this.#key, isSystem)) {
      const when = time(at) ?? times.last ?? times.first;
      times.last = Math.max(times.last ?? 0, when);
      let given: unknown;
      try {
        given = readJson(String(text));
      } catch (error) {
        report.problem(path, `${table}, row ${row}`, messageOf(error));
        continue;
      }
      for (const [key, value] of flatLeaves('', given)) {
        const number = numberOf(value);
        const name = isSystem ? `system/${key}` : key;
        if (number !== undefined) yield* buffer.add(name, isSystem ? samples : step, when, number);
        else report.leave('values that are no numbers', `such as ${key.slice(0, 60)}`);
      }
      samples += 1;
    }
    yield* buffer.rest();
  }

  #config(): Record<string, unknown> {
    const { tables, id, path, report } = this.#parts;
    const [row] = tables.rows('configs', `WHERE ${id} = ?`, [this.#key]);
    if (row === undefined) return {};
    try {
      const given = readJson(String(row.config));
      return typeof given === 'object' && given !== null ? (given as Record<string, unknown>) : {};
    } catch (error) {
      report.problem(path, `configs, row ${row.id}`, messageOf(error));
      return {};
    }
  }

  /** Images and other files, which lie beside the databases by project and run. */
  #files(): SourceFile[] {
    const { path, report } = this.#parts;
    const media = join(dirname(path), 'media', this.experiment.name);
    const folder = [this.#key, this.name].map((name) => join(media, name)).find((place) => existsSync(place));
    if (folder === undefined || dirname(folder) !== media) return [];
    return filesBelow(folder, report).map((file) => ({ ...file, path: `media/${file.path}` }));
  }
}

/** Epoch milliseconds. */
interface Times {
  first: number;
  last: number | undefined;
}

function time(text: string): number | undefined {
  const value = Date.parse(text);
  return Number.isNaN(value) ? undefined : value;
}
