// Which of a run's artifacts is the model.
import { l10n, window } from 'vscode';
import { SlipwayError } from '../../../base/errors';
import type { EngineClient } from '../../../client/engine-client';
import { everyPage } from '../../../protocol/every-page';
import type { RunSummary } from '../../../protocol/run';
import { bytesText } from '../../../protocol/wording';

/** So many files are looked at. */
const mostSeen = 2000;

/** Its path; undefined when the user turned away. Throws SlipwayError `not-found` for a run without one. */
export async function pickArtifact(
  client: EngineClient,
  { runId, name }: Pick<RunSummary, 'runId' | 'name'>,
): Promise<string | undefined> {
  const found: { label: string; description: string }[] = [];
  const folders = [''];
  let seen = 0;
  for (let folder = folders.shift(); folder !== undefined && seen < mostSeen; folder = folders.shift()) {
    const path = folder;
    for await (const { items } of everyPage((page) =>
      client.api.artifacts.list.query({ runId, path, limit: 500, page }),
    )) {
      seen += items.length;
      folders.push(...items.filter(({ isDirectory }) => isDirectory).map((each) => each.path));
      const models = items.filter((each) => !each.isDirectory && /\.onnx$/i.test(each.path));
      found.push(...models.map((each) => ({ label: each.path, description: bytesText(each.size ?? 0) })));
    }
  }
  const [first] = found;
  if (first === undefined) {
    throw new SlipwayError('not-found', l10n.t('The run {0} has no .onnx file among its artifacts.', name));
  }
  if (found.length === 1) return first.label;
  return (await window.showQuickPick(found, { placeHolder: l10n.t('Which model of {0}?', name) }))?.label;
}
