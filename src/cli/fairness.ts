// slipway fairness FILE --group COLUMN
import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import { fairnessInProcess } from '../client/comparison/comparison-process';
import type { CliContext, CommonOptions } from './context';
import { fairnessJson, fairnessText } from './fairness-text';
import { wholeNumber } from './whole-number';

interface FairnessOptions extends CommonOptions {
  group: string[];
  together?: boolean;
  positive?: string;
  amounts?: boolean;
  minN: number;
}

/** Adds `fairness`, which says what predictions are worth to groups of rows, and how far apart the groups are. */
export function registerFairnessCommand(program: Command, context: CliContext): void {
  program
    .command('fairness <file>')
    .description(
      'what predictions (.csv .jsonl .parquet: id, y_true, y_pred or score, and columns to group by) are worth to groups: ' +
        'rates and gaps with 95 % intervals. It measures and does not judge: exit 0',
    )
    .requiredOption(
      '--group <column>',
      'a column whose values are the groups; may be given again',
      (name: string, all: string[] = []) => [...all, name],
    )
    .option('--together', 'of several columns also every combination of their values')
    .option('--positive <label>', 'the label that counts as selected (default: the second of two)')
    .option('--amounts', 'y_true and y_pred are amounts, not labels')
    .option('--min-n <rows>', 'groups of fewer rows are not compared', wholeNumber(1_000_000), 30)
    .option('--json', 'print JSON')
    .action((file: string, options: FairnessOptions) => fairness(context, file, options));
}

async function fairness(context: CliContext, path: string, options: FairnessOptions): Promise<void> {
  const { group, together = false, positive = null, amounts = false, minN } = options;
  const file = { path: resolve(path), name: basename(path) };
  const question = { file, groups: group, together, positive, amounts, leastRows: minN };
  const found = await fairnessInProcess(question, { bundle: context.ensureOptions.bundle });
  context.print(options, fairnessJson(found), fairnessText(found));
}
