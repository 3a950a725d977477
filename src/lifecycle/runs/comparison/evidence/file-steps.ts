// The step a file is of, read off its path: `samples/step_0001.png`, `epoch3/confusion.csv`, what MLflow's log_image writes.
import type { SideFile } from '../../../../protocol/comparison/evidence/file-item';

/** A file and, where it is one of a series, the series' name and its step. Of two at one step the greater `rank` is shown. */
export interface SteppedFile extends SideFile {
  name: string;
  step: number | null;
  rank: number;
}

/** Clients 2.x write `images/KEY%step%3%timestamp%…`, clients 3.x the same with `+`, both once more as a small WebP. */
const loggedImage = /^images\/(.+?)[%+]step[%+](\d+)[%+]timestamp[%+](\d+)[%+][^/]*?([%+]compressed)?\.[a-z0-9]+$/i;
const stepWord = /(step|epoch|iter|iteration|batch|round|ckpt|checkpoint)[-_=.]?$/i;

/** The same files, each with its series; `others` are the files of the other side, which may tell that there is one. */
export function steppedFiles(files: readonly SideFile[], others: readonly SideFile[]): SteppedFile[] {
  const series = seriesOf([...files, ...others]);
  return files.map((file) => {
    const logged = loggedStep(file);
    if (logged !== undefined) return logged;
    const found = templatesOf(file.path).find(({ name }) => (series.get(name)?.size ?? 0) > 1);
    return { ...file, name: found?.name ?? file.path, step: found?.step ?? null, rank: 0 };
  });
}

function loggedStep(file: SideFile): SteppedFile | undefined {
  const [, key, step, timestamp, small] = loggedImage.exec(file.path) ?? [];
  if (key === undefined) return undefined;
  const name = `images/${key.replaceAll(/[#~]/g, '/')}`;
  return { ...file, name, step: Number(step), rank: Number(timestamp) * 2 + (small === undefined ? 1 : 0) };
}

/** By the name of a series its steps. */
function seriesOf(files: readonly SideFile[]): Map<string, Set<number>> {
  const series = new Map<string, Set<number>>();
  for (const { path } of files) {
    if (loggedImage.test(path)) continue;
    for (const { name, step } of templatesOf(path)) {
      const steps = series.get(name);
      if (steps === undefined) series.set(name, new Set([step]));
      else steps.add(step);
    }
  }
  return series;
}

/** The path with each of its numbers in turn as the step: behind a word for steps first, then the last number. */
function templatesOf(path: string): { name: string; step: number }[] {
  const end = path.length - (/\.[a-z0-9]+$/i.exec(path)?.[0].length ?? 0);
  const numbers = [...path.slice(0, end).matchAll(/\d+/g)].flatMap((found) => {
    const [before, after] = [path.slice(0, found.index), path.slice(found.index + found[0].length)];
    // Letters on both sides, or a number within a word of letters and digits, are parts of a name or a hash.
    const isPart = /^[a-z]/i.test(after) || /\d[a-z]+$/i.test(before) || found[0].length > 12;
    if (isPart) return [];
    return [{ name: `${before}*${after}`, step: Number(found[0]), isTold: stepWord.test(before) }];
  });
  return [...numbers.filter(({ isTold }) => isTold), ...numbers.filter(({ isTold }) => !isTold).reverse()];
}
