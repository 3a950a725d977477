// What could not be taken in, as sentences; bounded, because a broken script repeats itself.

const mostKept = 50;

/** The list with `more` added, as JSON; undefined when nothing changes. */
export function addProblems(json: string, more: readonly string[]): string | undefined {
  const kept = JSON.parse(json) as string[];
  const fresh = [...new Set(more)].filter((each) => !kept.includes(each));
  if (fresh.length === 0 || kept.length > mostKept) return undefined;
  const all = [...kept, ...fresh];
  if (all.length > mostKept)
    all.splice(mostKept, all.length, `There are more problems; the first ${mostKept} are listed.`);
  return JSON.stringify(all);
}

/** True when the list takes no more, so that finding out their places is not worth the time. */
export function isFull(json: string): boolean {
  return (JSON.parse(json) as string[]).length > mostKept;
}
