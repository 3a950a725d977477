// Takes in what a recorder found out about a run: its child, its code, its environment, its files.
import type { Database } from '../../../platform/sqlite/database';
import type { WorkspaceLayout } from '../../../protocol/folder/layout';
import type { GitState } from '../../../protocol/run';
import type { RunsService } from '../service';
import { readRunFile } from './files/recorded-files';
import { addProblems } from './problem-list';
import type { FindingName, RecordingRow, RecordingStore } from './store';

/** What taking in findings works on. */
export interface FindingsParts {
  database: Database;
  runs: RunsService;
  layout: WorkspaceLayout;
  store: RecordingStore;
}

const names: readonly FindingName[] = ['git', 'environment', 'inputs', 'outputs'];

/** Keeps each finding once, as soon as its file is there. */
export class RecordingFindings {
  readonly #parts: FindingsParts;

  constructor(parts: FindingsParts) {
    this.#parts = parts;
  }

  /** Takes in what is there and not yet kept. */
  takeIn(row: RecordingRow): void {
    if (row.child_pid === null) this.#takeInChild(row);
    for (const name of names) if (row[name] === null) this.#takeInFinding(row, name);
  }

  #takeInChild(row: RecordingRow): void {
    const child = readRunFile(this.#parts.layout, row.run_id, 'child');
    if ('value' in child) this.#parts.store.setChild(row.run, child.value.pid, child.value.mark);
  }

  #takeInFinding(row: RecordingRow, name: FindingName): void {
    const { database, runs, layout, store } = this.#parts;
    const file = readRunFile(layout, row.run_id, name);
    if ('missing' in file) return;
    if ('problem' in file) {
      const problems = addProblems(store.find(row.run_id)?.problems ?? row.problems, [file.problem]);
      if (problems !== undefined) store.setProblems(row.run, problems);
      return;
    }
    database
      .transaction(() => {
        store.setFinding(row.run, name, JSON.stringify(file.value));
        if (name === 'git') runs.logBatch(row.run_id, { tags: gitTags(file.value as GitState) });
      })
      .immediate();
  }
}

function gitTags({ commit, branch }: GitState): { key: string; value: string }[] {
  return [
    ...(commit === null ? [] : [{ key: 'mlflow.source.git.commit', value: commit }]),
    ...(branch === null ? [] : [{ key: 'mlflow.source.git.branch', value: branch }]),
  ];
}
