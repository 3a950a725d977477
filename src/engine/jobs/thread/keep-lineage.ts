// The rule that is above every emptying of the trash: what a registered version was made from stays.
import { versionLineage } from '../../../lifecycle/models/store/version-lineage';
import { type Doomed, foldersOf, type TrashPlan } from '../../../lifecycle/runs/erasure/store/trash-plan';
import type { Database } from '../../../platform/sqlite/database';
import type { NamedReason } from '../../../protocol/jobs/job';

/** `kept` says why it stays, `spared` is where deleted files stay as well. */
export interface KeptLineage {
  kept: NamedReason[];
  doomed: TrashPlan;
  spared: Set<string>;
}

/** Parts what must stay, with the reason, from what may go. */
export function keepLineage(database: Database, plan: TrashPlan): KeptLineage {
  const { runIds, modelIds } = versionLineage(database);
  const kept: NamedReason[] = [];
  const staying = new Set<string>();
  const mayGo =
    (needed: ReadonlySet<string>, what: string) =>
    (each: Doomed): boolean => {
      const why = needed.has(each.id)
        ? `a registered model version was made from this ${what}`
        : each.isOpen
          ? 'its recording has not ended'
          : undefined;
      if (why !== undefined) {
        kept.push({ name: `${each.name} (${each.id})`, why });
        staying.add(each.experimentId);
      }
      return why === undefined;
    };
  const runs = plan.runs.filter(mayGo(runIds, 'run'));
  const loggedModels = plan.loggedModels.filter(mayGo(modelIds, 'logged model'));
  const experiments = plan.experiments.filter(({ id, name, isUsed }) => {
    if (!isUsed && !staying.has(id)) return true;
    kept.push({ name, why: 'a run or a logged model of this experiment stays' });
    return false;
  });
  const spared = foldersOf(database, new Set([...runIds, ...modelIds]));
  return { kept, doomed: { runs, loggedModels, experiments }, spared };
}
