// Compare Runs: opens the comparison of two or more runs.
import { l10n } from 'vscode';
import { SlipwayError } from '../../base/errors';
import { mostComparedRuns } from '../../protocol/comparison/comparison-request';
import type { CommandTools } from '../commands/command-tools';
import { type Given, rowsOf } from '../picking/given-rows';
import { bySession } from '../picking/run-groups';
import { runsFor } from '../picking/runs-for';
import type { RunNode } from '../views/run-node';

/** Compares the rows of the menu; where that is one, or none, the user picks the others. */
export async function compareRuns(tools: CommandTools, given: Given): Promise<void> {
  const rows = rowsOf(tools, given);
  if (rows.length > 1) return show(tools, rows);
  const [first] = rows;
  const question =
    first === undefined
      ? l10n.t('Which runs are compared? Choose two or more')
      : l10n.t('Which runs is {0} compared with?', first.run.name);
  const picked = await runsFor(tools, [], { question, ...(first === undefined ? {} : { session: first.session }) });
  if (picked.length === 0) return;
  const others = picked.filter(({ run }) => run.runId !== first?.run.runId);
  show(tools, first === undefined ? others : [first, ...others]);
}

function show({ comparisons }: CommandTools, nodes: readonly RunNode[]): void {
  const [first, second] = nodes;
  if (first === undefined || second === undefined) {
    throw new SlipwayError('invalid', l10n.t('Choose at least two runs to compare.'));
  }
  if (bySession(nodes).size > 1) {
    throw new SlipwayError('invalid', l10n.t('These runs are of different folders. Compare runs of one folder.'));
  }
  if (nodes.length > mostComparedRuns) {
    const sentence = l10n.t('At most {0} runs are compared at once; these are {1}.', mostComparedRuns, nodes.length);
    throw new SlipwayError('invalid', sentence);
  }
  comparisons.show({ folder: first.session.folder.uri.toString(), runIds: nodes.map(({ run }) => run.runId) });
}
