// Which rows of the Runs view a command was called on.
import type { CommandTools } from '../commands/command-tools';
import type { RunNode, RunsNode } from '../views/run-node';

/** What VS Code hands to a command: from a menu the row and all selected ones, from our own keys `selected`. */
export type Given = [node?: RunsNode | 'selected', nodes?: RunsNode[]];

/** The rows a command was called on; empty when it was called on none, as from the palette. */
export function rowsOf({ view }: CommandTools, [node, nodes]: Given): RunNode[] {
  if (node === undefined) return [];
  if (node === 'selected') return view.selectedRuns;
  const rows = nodes?.includes(node) === true ? nodes : [node];
  return rows.filter((row) => row.kind === 'run');
}
