// Where everything of one workspace lies. The engine, the clients and the recorder all rely on it.

/** The places of one workspace. Pure: it joins names and never touches the disk. */
export class WorkspaceLayout {
  /** `root` is the absolute path of the folder that holds `.slipway/`. */
  constructor(readonly root: string) {}

  /** `.slipway` itself. */
  get home(): string {
    return `${this.root}/.slipway`;
  }
  get config(): string {
    return `${this.root}/slipway.yaml`;
  }
  get database(): string {
    return `${this.home}/slipway.db`;
  }
  /** The newest hash of the audit log of a database. */
  static auditHead(database: string): string {
    return `${database}.audit`;
  }
  get objects(): string {
    return `${this.home}/objects`;
  }
  /** The recorder's folders, one for each run. */
  get runs(): string {
    return `${this.home}/runs`;
  }
  get inbox(): string {
    return `${this.home}/inbox`;
  }
  /** Markers of runs that could not be taken in, each with a text that says why. */
  get rejected(): string {
    return `${this.inbox}/rejected`;
  }
  /** Folders of runs on their way in from a bundle. */
  get incoming(): string {
    return `${this.home}/incoming`;
  }
  /** Where `doctor --repair` works. */
  get repair(): string {
    return `${this.home}/repair`;
  }
  /** Where gates of registered versions lay out what they judge. */
  get gates(): string {
    return `${this.home}/gates`;
  }
  /** Held by the one process that may write the database. */
  get lock(): string {
    return `${this.home}/engine.lock`;
  }
  get logs(): string {
    return `${this.home}/logs`;
  }
  get address(): string {
    return `${this.home}/address.json`;
  }
  get liveness(): string {
    return `${this.home}/engine.json`;
  }

  /** The recorder's folder of one run. */
  run(runId: string): string {
    return `${this.runs}/${runId}`;
  }

  /** The content of artifacts that has this hash. */
  object(sha256: string): string {
    return `${this.objects}/${sha256.slice(0, 2)}/${sha256.slice(2)}`;
  }
}

/** The files of one recorded run, relative to its folder. Each is written by exactly one process. */
export const runFiles = {
  /** Written once, before the child starts: what was asked (`RecordingSpec`). */
  spec: 'run.json',
  /** Everything the child printed. */
  output: 'output.log',
  /** Where the child's two streams go when they are shown in different places; the recorder merges them into `output`. */
  stdout: 'out.log',
  stderr: 'err.log',
  /** One line, rewritten in place: how far `stdout` and `stderr` are merged and how long `output` then was. */
  merged: 'merged.txt',
  /** `$SLIPWAY_METRICS`: appended to by the child, in any language. */
  metrics: 'metrics.jsonl',
  /** `OFFSET TIME` lines: by when `metrics` had grown to that many bytes, for lines that carry no time. */
  metricTimes: 'metrics-times.txt',
  /** Metric lines the recorder found on the child's stdout. */
  stdoutMetrics: 'stdout-metrics.jsonl',
  /** CPU and memory of the child's process tree over time, as metric lines. */
  resources: 'resources.jsonl',
  /** Each written whole, when it is known. */
  child: 'child.json',
  git: 'git.json',
  environment: 'environment.json',
  inputs: 'inputs.json',
  outputs: 'outputs.json',
  /** Written last: exit code or signal, end time, status. */
  exit: 'exit.json',
} as const;
