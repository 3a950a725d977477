// What changed between two runs, and what did not, in the order in which a reviewer asks.
import type { Difference, Sameness } from '../../../protocol/comparison/comparison';
import { withoutSeeds } from '../../../protocol/comparison/seeded-command';
import { countText } from '../../../protocol/wording';
import type { ComparedRun } from './compared-run';
import { foldName, foldNames, repeatName } from './repeats';

/**
 * Everything that differs, and everything both have alike; repeats are told by their first run and its partner. Folds and
 * `seeds` are not named.
 */
export function runDifferences(
  [baseline]: readonly ComparedRun[],
  candidates: readonly ComparedRun[],
  seeds: readonly string[],
): { changes: Difference[]; same: Sameness[] } {
  const candidate = baseline && partnerOf(baseline, candidates, seeds);
  if (baseline === undefined || candidate === undefined) return { changes: [], same: [] };
  const left = [...seeds, ...foldNames];
  const params = (run: ComparedRun): [string, string][] =>
    run.params.filter(({ key }) => !left.includes(key)).map(({ key, value }) => [key, value]);
  const all = [
    ...sideBySide('param', params(baseline), params(candidate)),
    ...sideBySide('data', dataOf(baseline), dataOf(candidate)),
    ...sideBySide('input', inputsOf(baseline), inputsOf(candidate)),
    ...codes(baseline, candidate),
    ...environments(baseline, candidate),
    ...sideBySide('command', commandOf(baseline, left), commandOf(candidate, left)),
  ];
  const changes = all.filter((each) => each.baseline !== each.candidate);
  const same = all.flatMap(({ what, name, baseline: value, candidate: other }) =>
    value !== null && value === other ? [{ what, name, value }] : [],
  );
  return { changes, same };
}

/** The candidate of the same fold and seed, else of the same fold. */
function partnerOf(
  run: ComparedRun,
  candidates: readonly ComparedRun[],
  seeds: readonly string[],
): ComparedRun | undefined {
  const name = repeatName(run, seeds);
  return (
    candidates.find((each) => repeatName(each, seeds) === name) ??
    candidates.find((each) => foldName(each) === foldName(run)) ??
    candidates[0]
  );
}

type Named = readonly (readonly [string, string])[];

function sideBySide(what: Difference['what'], baseline: Named, candidate: Named): Difference[] {
  const [before, after] = [new Map(baseline), new Map(candidate)];
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names.map((name) => ({
    what,
    name,
    baseline: before.get(name) ?? null,
    candidate: after.get(name) ?? null,
  }));
}

function dataOf({ datasets }: ComparedRun): Named {
  const digests = new Map<string, string[]>();
  for (const { name, digest, context } of datasets) {
    const key = context === null ? name : `${name} (${context})`;
    digests.set(key, [...(digests.get(key) ?? []), digest]);
  }
  return [...digests].map(([name, each]) => [name, each.sort().join(', ')]);
}

function inputsOf({ recording }: ComparedRun): Named {
  return (recording?.inputs ?? []).map(({ path, sha256, problem }) => [path, sha256 ?? problem ?? 'not known']);
}

/** Different changes of as many lines in the same files are told apart by the beginnings of their digests. */
function codes(baseline: ComparedRun, candidate: ComparedRun): Difference[] {
  const digests = [baseline, candidate].map(({ recording }) => recording?.git?.diffDigest ?? '');
  const [before = '', after = ''] = digests;
  const told = sideBySide('code', codeOf(baseline), codeOf(candidate));
  if (before === after) return told;
  return told.map((each) => {
    const isAlike = each.name === uncommitted && each.baseline === each.candidate;
    const told = (digest: string): string => `${each.baseline} (${digest === '' ? 'not known' : digest.slice(0, 7)})`;
    return isAlike ? { ...each, baseline: told(before), candidate: told(after) } : each;
  });
}

const uncommitted = 'not committed';

function codeOf({ recording, tags }: ComparedRun): Named {
  const git = recording?.git ?? null;
  const tagged = tags.find(({ key }) => key === 'mlflow.source.git.commit')?.value;
  const commit = git?.commit ?? tagged;
  const changes = git?.changes.map(({ path, added, removed }) => `${path} +${added} −${removed}`).join(', ');
  return [
    ...(commit === undefined ? [] : [['commit', commit] as const]),
    ...(changes === undefined || changes === '' ? [] : [[uncommitted, changes] as const]),
  ];
}

/** Package by package; in one line where only one of the two is known. */
function environments(baseline: ComparedRun, candidate: ComparedRun): Difference[] {
  const [before, after] = [packagesOf(baseline), packagesOf(candidate)];
  if (before.length > 0 && after.length > 0) return sideBySide('package', before, after);
  if (before.length === after.length) return [];
  const told = (packages: Named): string | null =>
    packages.length === 0 ? null : countText(packages.length, 'package');
  return [{ what: 'package', name: 'environment', baseline: told(before), candidate: told(after) }];
}

function packagesOf({ recording }: ComparedRun): Named {
  const environment = recording?.environment ?? null;
  if (environment === null) return [];
  const python = environment.version === null ? [] : [['python', environment.version] as const];
  return [...python, ...environment.packages.map(({ name, version }) => [name, version] as const)];
}

function commandOf({ recording }: ComparedRun, left: readonly string[]): Named {
  return recording === null ? [] : [['command', withoutSeeds(recording.command, left).join(' ')]];
}
