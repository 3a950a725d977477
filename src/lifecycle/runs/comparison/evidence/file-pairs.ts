// The files of two runs by what they have in common: the same path, and of a series the same step.
import type {
  FileItem,
  FileItems,
  FileKind,
  FileStep,
  SideFile,
} from '../../../../protocol/comparison/evidence/file-item';
import { type SteppedFile, steppedFiles } from './file-steps';

const mostItems = 300;

const kinds: readonly [FileKind, RegExp][] = [
  ['image', /\.(png|jpe?g|gif|webp|bmp|svg|avif)$/i],
  ['table', /\.(csv|tsv|jsonl|ndjson|parquet)$/i],
  ['json', /\.json$/i],
  ['text', /(\.(txt|md|log|ya?ml|toml|ini|cfg|conf|py|r|sh|sql|html?|xml|tex|diff|patch|lock)|(^|\/)[^./]+)$/i],
];
const kindOrder: readonly FileKind[] = ['image', 'table', 'json', 'text', 'other'];

/** What both have first, then by kind and name. `leftOut` are files that were not listed at all. */
export function pairFiles(
  { baseline, candidate }: { baseline: readonly SideFile[]; candidate: readonly SideFile[] },
  leftOut: number,
): FileItems {
  const [before, after] = [sharedNames(baseline), sharedNames(candidate)];
  const items = new Map<string, Map<number | null, FileStep>>();
  const place = (side: 'baseline' | 'candidate', file: SteppedFile, original: SideFile, ranks: Map<string, number>) => {
    const rankKey = `${file.step} ${file.name}`;
    if ((ranks.get(rankKey) ?? -1) >= file.rank) return;
    ranks.set(rankKey, file.rank);
    const steps = items.get(file.name) ?? new Map<number | null, FileStep>();
    items.set(file.name, steps);
    const step = steps.get(file.step) ?? { step: file.step, baseline: null, candidate: null };
    steps.set(file.step, { ...step, [side]: { path: original.path, size: original.size } });
  };
  const fill = (side: 'baseline' | 'candidate', own: readonly SideFile[], files: readonly SteppedFile[]): void => {
    const ranks = new Map<string, number>();
    for (const [index, file] of files.entries()) {
      const original = own[index];
      if (original !== undefined) place(side, file, original, ranks);
    }
  };
  fill('baseline', baseline, steppedFiles(before, after));
  fill('candidate', candidate, steppedFiles(after, before));
  const sorted = [...items].map(([name, steps]) => itemOf(name, [...steps.values()])).sort(inOrder);
  return { items: sorted.slice(0, mostItems), leftOut: leftOut + Math.max(0, sorted.length - mostItems) };
}

/** MLflow 3 keeps a logged model below `models/ID`, which is another in each run: of a single one the ID says nothing. */
function sharedNames(files: readonly SideFile[]): SideFile[] {
  const models = new Set(files.flatMap(({ path }) => /^models\/([^/]+)\//.exec(path)?.[1] ?? []));
  if (models.size !== 1) return [...files];
  return files.map((file) => ({ ...file, path: file.path.replace(/^models\/[^/]+\//, 'models/…/') }));
}

function itemOf(name: string, steps: FileStep[]): FileItem {
  const [first] = steps;
  const path = first?.baseline?.path ?? first?.candidate?.path ?? name;
  const kind = kinds.find(([, form]) => form.test(path))?.[0] ?? 'other';
  return { name, kind, steps: steps.sort((a, b) => (a.step ?? 0) - (b.step ?? 0)) };
}

function inOrder(a: FileItem, b: FileItem): number {
  const isBoth = ({ steps }: FileItem): number => (steps.some((step) => step.baseline && step.candidate) ? 0 : 1);
  const rank = (item: FileItem): number => isBoth(item) * kindOrder.length + kindOrder.indexOf(item.kind);
  return rank(a) - rank(b) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}
