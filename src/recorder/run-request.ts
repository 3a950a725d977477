// What `slipway run` was asked to record.

/** One command to record. `experiment` and `name` are null when not given; paths are as the user wrote them. */
export interface RunRequest {
  workspace: string | undefined;
  json: boolean;
  experiment: string | null;
  name: string | null;
  inputs: string[];
  outputs: string[];
  params: Record<string, string>;
  tags: Record<string, string>;
  /** Why the command is to start although its data fail their contract; null when nobody says so. */
  override: string | null;
  /** That reason where nobody could tell whether they fail. */
  unchecked?: string | null;
  stdoutMetrics: boolean;
  command: string[];
  /** The command to show, where `command` wraps it, as a debugger does; undefined when they are the same. */
  shownAs?: string[];
  /** A debugger started this, and ends it with all it started at once. */
  debugged: boolean;
}
