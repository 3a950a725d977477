// How far the training data of a version moved from those of another one.
import type { VersionReference } from '../../../../protocol/datasets/dataset';
import { driftOptions } from '../../../../protocol/datasets/drift';
import { isUntold } from '../../../../protocol/datasets/state-words';
import type { TableSource } from '../../../../protocol/datasets/table-source';
import { unionSource } from '../../../../protocol/datasets/union-source';
import type { GateFact } from '../../../../protocol/models/gate/gate-questions';
import type { RuleOf } from '../../../../protocol/models/gate/gate-rule';
import { countText } from '../../../../protocol/wording';
import { askSteadily } from '../../../datasets/steady-tables';
import type { Services } from '../../../services';
import { trainingVersions } from '../training-data';
import { type Comparing, comparedVersion } from './compared-models';
import { plainFact, unknownData } from './plain-fact';

type Asked = Comparing & { rule: RuleOf<'drift'>; signal: AbortSignal };

/** The share of columns that drifted since the other version's training data, dataset by dataset. Throws as measuring does. */
export async function driftFact(services: Services, { rule, signal, ...comparing }: Asked): Promise<GateFact> {
  const word = rule.against ?? 'champion';
  const about = `columns of the training data that drifted since ${word}`;
  const other = await comparedVersion(services, comparing, word);
  if ('none' in other) return { ...plainFact, about, verdict: 'missing', why: other.none, isFirst: other.isFirst };
  const [own, theirs] = [await trainingVersions(services, comparing.row), await trainingVersions(services, other)];
  const [unknown] = [...(own.length === 0 ? [comparing.row] : []), ...(theirs.length === 0 ? [other] : [])];
  if (unknown !== undefined) return { ...plainFact, about, verdict: 'missing', why: unknownData(unknown) };
  const sides = [...new Set(own.map(({ dataset }) => dataset))].map((dataset) => sideOf(dataset, { own, theirs }));
  const name = `${other.name}@${other.version}`;
  if (sides.every(({ isAlone }) => isAlone)) {
    const why = `${name} was trained on other datasets: there is nothing to compare.`;
    return { ...plainFact, about, verdict: 'missing', why };
  }
  return { ...(await driftOf(services, sides, { name, rule, signal })), about };
}

/** The versions whose rows together are each side. */
interface Pair {
  current: VersionReference[];
  reference: VersionReference[];
}

/** A dataset of the version. `pair`: null where both were trained on the same versions of it; `isAlone`: the other one on none. */
interface Side {
  dataset: string;
  pair: Pair | null;
  isAlone: boolean;
}

/** Versions that both have are not compared with anything, as long as each side has another one. */
function sideOf(dataset: string, all: { own: readonly VersionReference[]; theirs: readonly VersionReference[] }): Side {
  const [own, theirs] = [all.own, all.theirs].map((each) => each.filter((found) => found.dataset === dataset));
  const [mine, before] = [own ?? [], theirs ?? []];
  const without = (from: VersionReference[], known: VersionReference[]): VersionReference[] =>
    from.filter(({ version }) => !known.some((each) => each.version === version));
  const [added, gone] = [without(mine, before), without(before, mine)];
  if (added.length === 0 && gone.length === 0) return { dataset, pair: null, isAlone: false };
  const pair = { current: added.length === 0 ? mine : added, reference: gone.length === 0 ? before : gone };
  return { dataset, pair: before.length === 0 ? null : pair, isAlone: before.length === 0 };
}

async function driftOf(
  services: Services,
  sides: readonly Side[],
  { name, rule, signal }: { name: string; rule: RuleOf<'drift'>; signal: AbortSignal },
): Promise<GateFact> {
  let [drifted, columns, isTold] = [0, 0, true];
  const said: string[] = [];
  for (const { dataset, pair, isAlone } of sides) {
    if (pair === null) {
      if (!isAlone) said.push(`${dataset} is the same version.`);
      continue;
    }
    const found = await measured(services, { dataset, ...pair }, signal);
    drifted += found.drifted;
    columns += found.columns;
    isTold &&= found.isTold && found.columns > 0;
    said.push(`${dataset}: ${found.drifted} of ${countText(found.columns, 'column')} drifted.`);
  }
  const actual = columns === 0 ? 0 : drifted / columns;
  const holds = rule.op === '<=' ? actual <= rule.value : rule.op === '<' ? actual < rule.value : null;
  const alone = sides.filter(({ isAlone }) => isAlone).map(({ dataset }) => dataset);
  const isOpen = (!isTold || alone.length > 0) && holds !== false;
  if (alone.length > 0)
    said.push(`${name} was not trained on ${alone.join(', ')}: there is nothing to compare it with.`);
  if (isOpen && !isTold) said.push('Of some columns it cannot be told, or they are gone.');
  return {
    ...plainFact,
    actual,
    n: columns,
    unit: 'columns',
    verdict: isOpen ? 'inconclusive' : null,
    why: said.join(' '),
  };
}

async function measured(
  { datasets, data }: Services,
  { dataset, current, reference }: Pair & { dataset: string },
  signal: AbortSignal,
): Promise<{ drifted: number; columns: number; isTold: boolean }> {
  const keys = [datasets.known.get(dataset).definition.key ?? []].flat();
  const options = driftOptions.parse({ preset: 'slipway', keys });
  const versions = [...current, ...reference];
  const drift = await askSteadily(datasets, versions, {
    act: 'compared',
    ask: (sources) => {
      const named = versions.map(({ version }, at) => ({
        name: `${dataset}@${version.slice(0, 12)}`,
        source: sources[at] as TableSource,
      }));
      const [own, theirs] = [named.slice(0, current.length), named.slice(current.length)].map(unionSource);
      return data.ask('drift', { reference: theirs as TableSource, current: own as TableSource, options }, { signal });
    },
  });
  const { drifted, columns } = drift.dataset;
  return { drifted, columns, isTold: !isUntold(drift) };
}
