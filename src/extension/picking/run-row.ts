// A run as a row of a pick list.

import type { QuickPickItem } from 'vscode';
import { isolatedName } from '../../base/isolated-name';
import { numberText, stateWord, timeText } from '../../protocol/wording';
import type { RunNode } from '../views/run-node';

/** `node` is the run; the rest is how it is shown. */
export type RunRow = QuickPickItem & { node: RunNode };

/** How a run is shown in a pick list. */
export function runRow(node: RunNode): RunRow {
  const { run } = node;
  const headline = run.headline === null ? [] : [`${run.headline.key} ${numberText(run.headline.value)}`];
  const words = [...headline, stateWord(run.state).toLowerCase(), timeText(run.startTime, Date.now())];
  return { label: isolatedName(run.name), description: words.join(' · '), detail: run.experimentName, node };
}
