// What everybody else sees of a recording. The diff may be megabytes and panels ask every second, so it stays behind.
import { statSync } from 'node:fs';
import { SlipwayError } from '../../../base/errors';
import { committedFile } from '../../../platform/git/committed-file';
import { diffDigest } from '../../../platform/git/diff-digest';
import type { Database } from '../../../platform/sqlite/database';
import { runFiles, type WorkspaceLayout } from '../../../protocol/folder/layout';
import type { RecordingSpec } from '../../../protocol/recording/recording-files';
import type { ChangedFile, FileNow, GitState, GitSummary, Recording } from '../../../protocol/run';
import { isOwnTag } from '../../../protocol/runs/run-tag';
import { diffCounts } from './diff-counts';
import { filePatch, patched } from './files/changed-file';
import { filesNow } from './files/files-now';
import { RecordingStore } from './store';

/** Runs whose summary is remembered; those in open panels are asked for again and again. */
const mostRemembered = 200;

/** Reads recordings; the summary of a run's code is made once. */
export class RecordingView {
  readonly #layout: WorkspaceLayout;
  readonly #store: RecordingStore;
  readonly #code = new Map<string, GitSummary>();

  constructor(database: Database, layout: WorkspaceLayout) {
    this.#layout = layout;
    this.#store = new RecordingStore(database);
  }

  /** The recording behind a run; null when no recorder stands behind it. */
  find(runId: string): Recording | null {
    const row = this.#store.findBrief(runId);
    if (row === undefined) return null;
    const spec = JSON.parse(row.spec) as RecordingSpec;
    const output = statSync(`${this.#layout.run(runId)}/${runFiles.output}`, { throwIfNoEntry: false });
    return {
      command: spec.command,
      cwd: spec.cwd,
      user: spec.user,
      given: { params: spec.params, tags: ownTags(spec.tags) },
      childPid: row.child_pid,
      exitCode: row.exit_code,
      signal: row.signal,
      lost: row.lost,
      stopAsked: row.stop_asked,
      git: this.#codeOf(runId),
      environment: parsed(row.environment) as Recording['environment'],
      host: spec.host,
      inputs: (parsed(row.inputs) ?? []) as Recording['inputs'],
      outputs: (parsed(row.outputs) ?? []) as Recording['outputs'],
      outputBytes: output?.size ?? 0,
      problems: parsed(row.problems) as string[],
    };
  }

  /** What differed from the commit when the run began, as git prints it; empty when nothing did or it is unknown. */
  diff(runId: string): string {
    return (parsed(this.#store.git(runId)) as GitState | null)?.diff ?? '';
  }

  /** One file of that diff. Throws SlipwayError `not-found` when the diff or the commit cannot say. */
  async changedFile(runId: string, path: string): Promise<ChangedFile> {
    const recording = this.find(runId);
    const patch = filePatch(this.diff(runId), path);
    const commit = recording?.git?.commit ?? null;
    if (recording === null || patch === undefined || commit === null) {
      throw new SlipwayError('not-found', `What changed in ${path} before this run is not known.`);
    }
    const before = patch.before === null ? null : await committedFile(recording.cwd, commit, patch.before);
    if (before === undefined) {
      throw new SlipwayError('not-found', `The repository does not hold ${patch.before} of this run's commit.`);
    }
    return { before, after: patch.after === null ? null : patched(before ?? '', patch.hunks) };
  }

  /** Whether inputs, then outputs, still lie on the disk as they were; nothing for a run that was not recorded. */
  async filesNow(runId: string): Promise<FileNow[]> {
    const recording = this.find(runId);
    return recording === null ? [] : filesNow([...recording.inputs, ...recording.outputs], recording.cwd);
  }

  /** A recorder's word on the code is kept once and never changes, so what is remembered stays true. */
  #codeOf(runId: string): GitSummary | null {
    const known = this.#code.get(runId);
    if (known !== undefined) return known;
    const state = parsed(this.#store.git(runId)) as GitState | null;
    if (state === null) return null;
    const { diff, changes, ...rest } = state;
    const summary: GitSummary = { ...rest, changes: changes ?? diffCounts(diff ?? ''), diffDigest: diffDigest(diff) };
    if (this.#code.size >= mostRemembered) this.#code.clear();
    this.#code.set(runId, summary);
    return summary;
  }
}

/** The recorder adds tags in MLflow's own words to those of the command line. */
function ownTags(tags: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => isOwnTag({ key })));
}

function parsed(json: string | null): unknown {
  return json === null ? null : JSON.parse(json);
}
