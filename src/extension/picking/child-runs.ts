// Runs with all that is below them: what puts a sweep away puts its trials away.
import { everyPage } from '../../protocol/every-page';
import type { RunNode } from '../views/run-node';

const pageSize = 500;

/**
 * These runs, each followed by its child runs and by theirs; every run once, and no more looked for once there are `most`.
 * Archived ones are left where they are.
 */
export async function withChildRuns(nodes: readonly RunNode[], most: number): Promise<RunNode[]> {
  const found = new Map<string, RunNode>();
  const add = async (node: RunNode): Promise<void> => {
    const { session, run } = node;
    const known = found.has(run.runId);
    if (!known) found.set(run.runId, node);
    if (known || run.childCount === 0) return;
    const { list } = session.requireClient().api.runs;
    for await (const { items } of everyPage((page) => list.query({ below: run.runId, limit: pageSize, page }))) {
      for (const child of items) {
        if (found.size >= most) return;
        await add({ kind: 'run', session, run: child });
      }
    }
  };
  for (const node of nodes) await add(node);
  return [...found.values()];
}
