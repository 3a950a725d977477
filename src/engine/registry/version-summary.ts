// Models and versions as lists show them: from what is kept, without a look at any file.
import type { EffectiveRules } from '../../lifecycle/models/decision/rules/effective-rules';
import { versionStanding } from '../../lifecycle/models/decision/version-standing';
import type { ModelVersionRecord, ModelVersionRow } from '../../lifecycle/models/model-version';
import { type CountedModel, versionPage } from '../../lifecycle/models/store/registry-pages';
import type { VersionSummary } from '../../protocol/models/registry/model-version';
import type { ModelSummary } from '../../protocol/models/registry/registered-model';
import type { Services } from '../services';
import { stageOfMlflow } from './mlflow-stages';

type Parts = Pick<Services, 'models' | 'runs' | 'opened'>;

/** The newest versions among which those are counted that wait for people. */
const mostWaiting = 50;

/** One row of the list of models. */
export function modelSummary({ models, opened }: Parts, model: CountedModel): ModelSummary {
  const { decisions } = models;
  const rules = decisions.rulesOf(model);
  const named = models.aliases.find(model.name, 'champion');
  const champion = rules === null ? named : decisions.championOf(model.model)?.version;
  const newest =
    rules === null ? [] : versionPage(opened.database, model.model, { limit: mostWaiting, page: null }).items;
  return {
    name: model.name,
    description: model.description ?? '',
    isGated: rules !== null,
    versions: model.versions,
    champion: champion === undefined ? null : String(champion),
    waiting: newest.filter((row) => versionStanding(decisions, row, rules).isWaiting).length,
    pendingRules: rules?.pending ?? null,
    updated: model.lastUpdateTime,
  };
}

/** One row of the list of versions. */
export function versionSummary(
  { models, runs }: Parts,
  row: ModelVersionRow,
  rules: EffectiveRules | null,
): VersionSummary {
  const record: ModelVersionRecord = models.versions.get(row.name, row.version);
  const { gate, isWaived, approvals } = versionStanding(models.decisions, row, rules);
  return {
    name: row.name,
    version: String(row.version),
    stage: stageOfMlflow(row.stage),
    aliases: record.aliases,
    description: row.description ?? '',
    runId: row.runId || null,
    runName: row.runId === '' ? null : (runs.findRun(row.runId)?.name ?? null),
    author: row.author || null,
    created: row.creationTime,
    gate,
    isWaived,
    approvals,
  };
}
