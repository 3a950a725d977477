// Counts of things by kind, in words: the same on the command line and in the editor.
import { countText } from '../wording';

const words: Readonly<Record<string, [one: string, many: string]>> = {
  run: ['run', 'runs'],
  experiment: ['experiment', 'experiments'],
  'logged-model': ['logged model', 'logged models'],
  'registered-model': ['registered model', 'registered models'],
  trace: ['trace', 'traces'],
  dataset: ['dataset', 'datasets'],
  'dataset-version': ['dataset version', 'dataset versions'],
  file: ['file', 'files'],
  point: ['metric point', 'metric points'],
};

/** `2 experiments, 14 runs, 1 logged model`; '' for nothing. */
export function kindCounts(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => countText(count, ...(words[kind] ?? [kind, `${kind}s`])))
    .join(', ');
}
