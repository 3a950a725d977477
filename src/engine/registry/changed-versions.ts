// Versions in a protected place whose files are not those that were decided over.
import { SlipwayError } from '../../base/errors';
import { filesDigest } from '../../lifecycle/models/decision/evidence';
import { heldPlaces } from '../../lifecycle/models/decision/store/held-places';
import { gatedNames } from '../../lifecycle/models/decision/store/rules-log';
import type { ModelVersionRow } from '../../lifecycle/models/model-version';
import type { AuditProblem } from '../../protocol/audit/audit';
import { VersionFiles } from '../gate/version/judged/version-files';
import type { Services } from '../services';

/** One sentence for each of them; all of their files are read. */
export async function changedVersions(services: Services): Promise<AuditProblem[]> {
  const { models, opened } = services;
  const gated = new Set(gatedNames(opened.database));
  const problems: AuditProblem[] = [];
  for (const { name, version } of heldPlaces(opened.database).filter((each) => gated.has(each.name))) {
    const row = models.versions.row(name, version);
    const decided = models.decisions.decidedPlaces(row);
    if (decided.length === 0) continue;
    const { files, why } = await filesNow(services, row);
    const places = decided.filter((each) => each.files !== files).map(({ place }) => place);
    if (places.length === 0) continue;
    problems.push({ seq: null, message: `${name}@${version} is ${places.join(', ')}, and ${why}.` });
  }
  return problems;
}

/** The digest of the files, null where they cannot be read; `why`: what is wrong where that is not the one decided over. */
async function filesNow(services: Services, row: ModelVersionRow): Promise<{ files: string | null; why: string }> {
  try {
    const now = await (await VersionFiles.of(services, row)).hashed(new AbortController().signal);
    return { files: filesDigest(now), why: 'its files are not those that were decided over' };
  } catch (error) {
    if (SlipwayError.is(error)) return { files: null, why: 'its files cannot be read any more' };
    throw error;
  }
}
