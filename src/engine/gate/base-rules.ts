// The rules of the commit that a change goes to: a change that brings weaker ones along is still held against those.
import { join, relative } from 'node:path';
import { SlipwayError } from '../../base/errors';
import {
  type AcceptedRules,
  bothRules,
  rulesIn,
  weakenings,
} from '../../lifecycle/models/decision/rules/effective-rules';
import { askGit } from '../../platform/git/ask-git';
import { committedFile } from '../../platform/git/committed-file';
import type { Config } from '../../protocol/folder/config';
import type { ModelDefinition } from '../../protocol/models/model-definition';
import { loadConfig, parseConfig } from '../../workspace/config';

/** What slipway.yaml says of a model, with all datasets. */
export interface SaidRules {
  definition: ModelDefinition;
  datasets: Config['datasets'];
}

/** A model and the commit whose rules count. `folder` holds slipway.yaml. */
interface Base {
  folder: string;
  model: string;
  commit: string;
}

/**
 * Both where those of the change are weaker, or other, as for a registered model until people agreed; what the datasets of
 * the commit's rules are is said by the commit then. `own` null: the change has no entry. A note where they differ, or the
 * commit has none that can be read. Throws SlipwayError `not-found` for a commit that git does not know.
 */
export async function rulesWithBase(
  own: SaidRules | null,
  base: Base,
): Promise<{ said: SaidRules | null; notes: string[] }> {
  const { folder, model, commit } = base;
  const { accepted, datasets, lack } = await committedRules(base);
  if (accepted === null) return { said: own, notes: lack === null ? [] : [lack] };
  const found = weakenings(accepted, rulesIn(loadConfig(join(folder, 'slipway.yaml')), model));
  if (found.length === 0) return { said: own, notes: [] };
  const judged = Object.entries(datasets).filter(([name]) => Object.hasOwn(accepted.judged, name));
  const said = {
    definition: own === null ? accepted.definition : bothRules(accepted.definition, own.definition),
    datasets: { ...own?.datasets, ...Object.fromEntries(judged) },
  };
  const which = own === null ? `those of ${commit} count` : 'both count';
  return {
    said,
    notes: [
      `The rules of ${model} are weaker than those of ${commit}, or other, so ${which}: ${found.map(({ words }) => words).join('; ')}.`,
    ],
  };
}

/**
 * A sentence where slipway.yaml of the commit has rules for the model that are weaker now, or other, or cannot be read; null
 * where not, or where it has none. Throws as `rulesWithBase`.
 */
export async function rulesChange(base: Base): Promise<string | null> {
  const { folder, model, commit } = base;
  const { accepted, lack, isUnread } = await committedRules(base);
  if (accepted === null) return isUnread ? lack : null;
  const found = weakenings(accepted, rulesIn(loadConfig(join(folder, 'slipway.yaml')), model));
  if (found.length === 0) return null;
  return `The rules of ${model} are weaker than those of ${commit}, or other: ${found.map(({ words }) => words).join('; ')}.`;
}

interface CommittedRules {
  accepted: AcceptedRules | null;
  datasets: Config['datasets'];
  lack: string | null;
  isUnread: boolean;
}

async function committedRules({ folder, model, commit }: Base): Promise<CommittedRules> {
  await requireCommit(folder, commit);
  const text = await committedFile(folder, commit, './slipway.yaml');
  const config = parseConfig(text ?? '');
  const accepted = rulesIn(config, model);
  const problem = config.isUnread
    ? config.problems[0]
    : (config.unreadModels?.byName[model] ?? config.unreadModels?.all);
  const none = { accepted: null, datasets: {}, isUnread: problem != null };
  if (problem != null) {
    return {
      ...none,
      lack: `What ${commit} says of ${model} cannot be read, so the rules of the change count alone: ${problem}`,
    };
  }
  if (accepted === null || accepted.definition.gates.length === 0) {
    return { ...none, lack: `${commit} has no rules for ${model} yet: those of the change count.` };
  }
  return { accepted, datasets: config.config.datasets, lack: null, isUnread: false };
}

async function requireCommit(folder: string, commit: string): Promise<void> {
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${commit}^{commit}`];
  if ((await askGit(folder, args, 1000)).code === 0) return;
  const fetch = /^origin\/(.+)$/.exec(commit)?.[1];
  const advice =
    fetch === undefined ? '' : ` Fetch it before: git fetch origin "+refs/heads/${fetch}:refs/remotes/${commit}"`;
  throw new SlipwayError('not-found', `git knows no commit ${commit}, whose rules were to count.${advice}`);
}

/** A sentence for rows that lie in the repository and are not those of the commit. */
export async function rowsChange(folder: string, commit: string, files: readonly string[]): Promise<string | null> {
  const paths = files.map((file) => relative(folder, file)).filter((path) => !path.startsWith('..'));
  if (paths.length === 0) return null;
  const { code } = await askGit(folder, ['diff', '--quiet', commit, '--', ...paths], 1000);
  if (code !== 1) return null;
  return `The rows that it is judged on are not those of ${commit}: the change brings other ones (${paths.slice(0, 3).join(', ')}).`;
}
