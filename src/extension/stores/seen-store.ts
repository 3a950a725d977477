// A store of another tool that lies in a folder of the window, as far as a look at names tells.
import { l10n } from 'vscode';
import { countText } from '../../protocol/wording';

/** The tools whose stores are looked for, and how they are called. */
const toolNames = {
  mlflow: 'MLflow',
  tensorboard: 'TensorBoard',
  wandb: 'W&B',
  trackio: 'Trackio',
  dvclive: 'DVCLive',
} as const;

/** `path` is absolute, `name` the same below the folder of the window. */
export interface SeenStore {
  tool: keyof typeof toolNames;
  path: string;
  name: string;
  /** How many runs; null where only opening the store would tell. */
  runs: number | null;
}

/** `12 runs of MLflow`, `runs of MLflow`. */
export function storeWords({ tool, runs }: Pick<SeenStore, 'tool' | 'runs'>): string {
  const of = toolNames[tool];
  return runs === null ? l10n.t('runs of {0}', of) : l10n.t('{0} of {1}', countText(runs, 'run'), of);
}
