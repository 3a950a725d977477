// Which rules of which versions are to be run.
import type { TestItem, TestItemCollection, TestRunRequest } from 'vscode';

/** By version: those that were chosen, else all, less those that were left out. */
export function wantedRules(
  all: TestItemCollection,
  { include, exclude = [] }: Pick<TestRunRequest, 'include' | 'exclude'>,
): Map<TestItem, TestItem[]> {
  const wanted = new Map<TestItem, TestItem[]>();
  const add = (item: TestItem): void => {
    if (exclude.includes(item)) return;
    const version = item.parent;
    if (version?.parent === undefined) for (const [, child] of item.children) add(child);
    else if (!wanted.get(version)?.includes(item)) wanted.set(version, [...(wanted.get(version) ?? []), item]);
  };
  if (include === undefined) for (const [, item] of all) add(item);
  else for (const item of include) add(item);
  return wanted;
}
