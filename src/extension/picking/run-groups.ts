// Several runs at once: by folder, and in words.
import { l10n } from 'vscode';
import type { EngineSession } from '../session/engine-session';
import type { RunNode } from '../views/run-node';

/** The runs of each folder, since one request changes runs of one folder. */
export function bySession(nodes: readonly RunNode[]): Map<EngineSession, RunNode[]> {
  const groups = new Map<EngineSession, RunNode[]>();
  for (const node of nodes) groups.set(node.session, [...(groups.get(node.session) ?? []), node]);
  return groups;
}

/** `best` for one run, `3 runs` for several. */
export function runsText(nodes: readonly RunNode[]): string {
  const [only] = nodes;
  return nodes.length === 1 && only !== undefined ? only.run.name : l10n.t('{0} runs', nodes.length);
}
