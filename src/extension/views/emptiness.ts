// Why the Runs view is empty: one welcome text per reason (the manifest's `viewsWelcome`).
import { l10n } from 'vscode';
import type { EngineSession } from '../session/engine-session';
import type { FolderRuns } from './folder-runs';

/** The reason the view has no rows, as the manifest's when-clauses name it; `none` when it has. */
export function emptinessOf(sessions: readonly EngineSession[], runs: readonly FolderRuns[]): string {
  if (runs.some((each) => each.roots.length > 0)) return 'none';
  const kinds = sessions.map((session) => session.state.kind);
  const ready = runs.filter((_, index) => kinds[index] === 'running');
  if (ready.length > 0) return emptinessOfReady(ready);
  for (const kind of ['starting', 'lost', 'down', 'readOnly', 'uninitialized', 'untrusted', 'virtual'] as const) {
    if (kinds.includes(kind)) return kind === 'lost' ? 'starting' : kind;
  }
  return 'noFolder';
}

function emptinessOfReady(runs: readonly FolderRuns[]): string {
  if (!runs.some(({ isLoaded }) => isLoaded)) return 'starting';
  const areSome = runs.some((each) => each.runCount + each.archivedCount + each.trashCount > 0);
  if (areSome && runs.some(({ foundCount }) => foundCount !== undefined)) return 'filtered';
  return runs.some(({ archivedCount }) => archivedCount > 0) ? 'allArchived' : 'noRuns';
}

/** The sentence above the rows while something is wrong; undefined when all is well. */
export function messageFor(sessions: readonly EngineSession[]): string | undefined {
  for (const { state } of sessions) {
    if (state.kind === 'down' || state.kind === 'readOnly') return state.message;
    if (state.kind === 'lost') {
      const time = new Date(state.since).toLocaleTimeString('en-GB');
      return l10n.t('Engine restarting. Rows are from {0}.', time);
    }
  }
  return undefined;
}

/** What the engines warn of while they answer; undefined when that is nothing. */
export function warningOf(sessions: readonly EngineSession[]): string | undefined {
  const warnings = sessions.flatMap((session) => session.warnings);
  return warnings.length === 0 ? undefined : warnings.join(' ');
}
