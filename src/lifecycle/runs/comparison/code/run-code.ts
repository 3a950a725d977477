// The code that runs used: the files of their commits with what was not committed.
import { SlipwayError } from '../../../../base/errors';
import { changedPaths } from '../../../../platform/git/changed-paths';
import { committedFile } from '../../../../platform/git/committed-file';
import type { Recording } from '../../../../protocol/run';
import { filePatch, patched } from '../../recordings/files/changed-file';
import type { RecordingView } from '../../recordings/recording-view';

/** A run whose commit is known. */
interface CommittedRun {
  recording: Recording;
  commit: string;
}

/** Reads what recorders noted of the code, and the repository. */
export class RunCode {
  readonly #view: RecordingView;

  constructor(view: RecordingView) {
    this.#view = view;
  }

  /**
   * The paths of files that two runs had differently, from the top of the repository, by name. Throws SlipwayError
   * `not-found` when a run's commit is not known or the repository does not hold it.
   */
  async changed(before: string, after: string): Promise<string[]> {
    const [first, second] = [this.#committed(before), this.#committed(after)];
    const committed = await changedPaths(second.recording.cwd, first.commit, second.commit);
    if (committed === undefined) {
      throw new SlipwayError('not-found', 'The repository does not hold the commits of both runs any more.');
    }
    const edited = [first, second].flatMap(({ recording }) => recording.git?.changes.map(({ path }) => path) ?? []);
    const differing = new Set(committed);
    for (const path of new Set(edited)) {
      if ((await this.file(before, path)) === (await this.file(after, path))) differing.delete(path);
      else differing.add(path);
    }
    return [...differing].sort();
  }

  /** The text of a file as a run had it; null when it had none. Throws as `changed`. */
  async file(runId: string, path: string): Promise<string | null> {
    const { recording, commit } = this.#committed(runId);
    const patch = filePatch(this.#view.diff(runId), path);
    if (patch !== undefined && patch.after === null) return null;
    const original = await committedFile(recording.cwd, commit, patch?.before ?? path);
    return patch === undefined ? (original ?? null) : patched(original ?? '', patch.hunks);
  }

  #committed(runId: string): CommittedRun {
    const recording = this.#view.find(runId);
    const commit = recording?.git?.commit ?? null;
    if (recording === null || commit === null) {
      throw new SlipwayError('not-found', 'The commit of a run is not known, so its code is not either.');
    }
    return { recording, commit };
  }
}
