// Versions in production whose files are not those that were decided over.
import { SlipwayError } from '../../base/errors';
import { filesDigest } from '../../lifecycle/models/decision/evidence';
import { gatedNames } from '../../lifecycle/models/decision/store/rules-log';
import type { ModelVersionRow } from '../../lifecycle/models/model-version';
import type { AuditProblem } from '../../protocol/audit/audit';
import { VersionFiles } from '../gate/version/judged/version-files';
import type { Services } from '../services';

/** One sentence for each of them; all of their files are read. */
export async function changedChampions(services: Services): Promise<AuditProblem[]> {
  const { models, opened } = services;
  const problems: AuditProblem[] = [];
  for (const name of gatedNames(opened.database)) {
    const model = models.registered.find(name);
    const champion = model === undefined ? undefined : models.decisions.championOf(model.model);
    const decided = champion && models.decisions.lastPromotion(champion, 'production');
    if (champion === undefined || decided === undefined) continue;
    const why = await whyOthers(services, champion, decided.files);
    if (why !== null) problems.push({ seq: null, message: `${name}@${champion.version} is production, and ${why}.` });
  }
  return problems;
}

async function whyOthers(services: Services, row: ModelVersionRow, files: string): Promise<string | null> {
  try {
    const now = await (await VersionFiles.of(services, row)).hashed(new AbortController().signal);
    return filesDigest(now) === files ? null : 'its files are not those that were decided over';
  } catch (error) {
    if (SlipwayError.is(error)) return 'its files cannot be read any more';
    throw error;
  }
}
