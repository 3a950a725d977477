// Adds to a run that was imported before what its source has got since. What somebody changed here meanwhile stays.
import type { Database } from '../../../../platform/sqlite/database';
import { prepared } from '../../../../platform/sqlite/prepared';
import { landWhole } from '../../../../workspace/bundle/land-whole';
import { insertRow, type PartLine, type PartRow, textIn } from '../../../../workspace/bundle/part-line';
import { artifactPath } from '../../artifacts/artifact-path';
import { proxiedFolder } from '../../artifacts/proxied-folder';
import type { RunsService } from '../../service';
import { MetricStore } from '../../store/points/metric-store';
import type { PointColumns } from '../source-run';
import { sourceTags } from '../source-tags';

/** Tables whose rows are added where their keys are free. */
const added = new Set(['params', 'tags', 'run_models']);
const ofSource = new Set<string>(Object.values(sourceTags));

/** Every method is one transaction that can be called again. */
export class RunGrowth {
  readonly #runs: RunsService;
  readonly #database: Database;
  readonly #metrics: MetricStore;

  constructor(runs: RunsService) {
    this.#runs = runs;
    this.#database = runs.context.database;
    this.#metrics = new MetricStore(this.#database);
  }

  /** Adds those points that are not there yet, a few hundred at most; returns how many they were. */
  points(runId: string, { key, steps, times, values }: PointColumns): number {
    const { run } = this.#runs.getRun(runId);
    const metrics = Array.from(times, (time, at) => ({ key, step: steps[at] ?? 0, time, value: values[at] ?? 0 }));
    try {
      return landWhole(this.#database, `The metric ${key}`, () => {
        const before = this.#count(run, key);
        this.#metrics.append(run, metrics);
        return this.#count(run, key) - before;
      });
    } finally {
      // The run may be logged to as well, and who does that remembers its series too.
      this.#metrics.forget(run);
      this.#runs.forget(runId, run);
    }
  }

  /** Adds everything else: `lines` as of a new run. Returns the contents that a file of the run no longer has. */
  rest(runId: string, lines: readonly PartLine[]): string[] {
    const { run, artifactUri } = this.#runs.getRun(runId);
    const replaced = landWhole(this.#database, runId, () =>
      lines.flatMap(([table, row]) => {
        if (table === 'artifacts') return this.#artifact(artifactUri, row);
        if (table === 'runs') this.#end(run, row);
        else if (table === 'tags' && ofSource.has(textIn(row, 'key'))) this.#add('tags', { ...row, run }, 'REPLACE');
        else if (added.has(table)) this.#add(table, { ...row, run }, 'IGNORE');
        return [];
      }),
    );
    this.#runs.forget(runId, run);
    this.#runs.context.events.runChanged(runId);
    return replaced;
  }

  #end(run: number, { status, end_time }: PartRow): void {
    prepared<unknown[], never>(this.#database, 'UPDATE runs SET status = ?, end_time = ? WHERE run = ?').run(
      status,
      end_time,
      run,
    );
  }

  #artifact(artifactUri: string, row: PartRow): string[] {
    const path = artifactPath(textIn(row, 'path'));
    if (!path.startsWith(`${proxiedFolder(artifactUri)}/`)) return [];
    const before = prepared<[string], string>(this.#database, 'SELECT sha256 FROM artifacts WHERE path = ?')
      .pluck()
      .get(path);
    if (before === row.sha256) return [];
    prepared<[string], never>(this.#database, 'DELETE FROM artifacts WHERE path = ?').run(path);
    insertRow(this.#database, 'artifacts', row);
    return before === undefined ? [] : [before];
  }

  #add(table: string, row: PartRow, otherwise: 'IGNORE' | 'REPLACE'): void {
    const columns = Object.keys(row);
    const places = columns.map(() => '?').join(', ');
    prepared<unknown[], never>(
      this.#database,
      `INSERT OR ${otherwise} INTO ${table} (${columns.join(', ')}) VALUES (${places})`,
    ).run(...Object.values(row));
  }

  #count(run: number, key: string): number {
    return (
      prepared<[number, string], number>(this.#database, 'SELECT count FROM metric_series WHERE run = ? AND key = ?')
        .pluck()
        .get(run, key) ?? 0
    );
  }
}
