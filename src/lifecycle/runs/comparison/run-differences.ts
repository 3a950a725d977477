// What changed between two runs: only what differs, in the order in which a reviewer asks.
import type { Difference } from '../../../protocol/comparison/comparison';
import { countText } from '../../../protocol/wording';
import type { ComparedRun } from './compared-run';

/** Everything that differs; repeats are told by their first run, and `seeds` are not named. */
export function runDifferences(
  [baseline]: readonly ComparedRun[],
  [candidate]: readonly ComparedRun[],
  seeds: readonly string[],
): Difference[] {
  if (baseline === undefined || candidate === undefined) return [];
  const params = (run: ComparedRun): [string, string][] =>
    run.params.filter(({ key }) => !seeds.includes(key)).map(({ key, value }) => [key, value]);
  return [
    ...differences('param', params(baseline), params(candidate)),
    ...differences('data', dataOf(baseline), dataOf(candidate)),
    ...differences('input', inputsOf(baseline), inputsOf(candidate)),
    ...differences('code', codeOf(baseline), codeOf(candidate)),
    ...environmentDifferences(baseline, candidate),
    ...differences('command', commandOf(baseline), commandOf(candidate)),
  ];
}

type Named = readonly (readonly [string, string])[];

function differences(what: Difference['what'], baseline: Named, candidate: Named): Difference[] {
  const [before, after] = [new Map(baseline), new Map(candidate)];
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names
    .filter((name) => before.get(name) !== after.get(name))
    .map((name) => ({ what, name, baseline: before.get(name) ?? null, candidate: after.get(name) ?? null }));
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

function codeOf({ recording, tags }: ComparedRun): Named {
  const git = recording?.git ?? null;
  const tagged = tags.find(({ key }) => key === 'mlflow.source.git.commit')?.value;
  const commit = git?.commit ?? tagged;
  const changes = git?.changes.map(({ path, added, removed }) => `${path} +${added} −${removed}`).join(', ');
  return [
    ...(commit === undefined ? [] : [['commit', commit] as const]),
    ...(changes === undefined || changes === '' ? [] : [['not committed', changes] as const]),
  ];
}

/** Package by package; in one line where only one of the two is known. */
function environmentDifferences(baseline: ComparedRun, candidate: ComparedRun): Difference[] {
  const [before, after] = [packagesOf(baseline), packagesOf(candidate)];
  if (before.length > 0 && after.length > 0) return differences('package', before, after);
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

function commandOf({ recording }: ComparedRun): Named {
  return recording === null ? [] : [['command', recording.command.join(' ')]];
}
