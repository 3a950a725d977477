// The files of a version that a decision put somewhere stay as they were decided over, and so does what it rests on: no route
// of artifacts changes them.

import { isAbsolute, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SlipwayError } from '../../base/errors';
import { withoutEnd } from '../../base/text-end';
import { heldEvidence, heldPlaces } from '../../lifecycle/models/decision/store/held-places';
import { refused } from '../../lifecycle/models/decision/warrant';
import type { ModelVersionRow } from '../../lifecycle/models/model-version';
import { localUser } from '../../workspace/identity';
import { partnersOf } from '../gate/version/judged/model-partners';
import { gateFolder, versionAddress } from '../gate/version/judged/version-files';
import { evidenceFolder } from '../gate/version/kept-gate';
import type { Services } from '../services';

type Parts = Pick<Services, 'models' | 'opened' | 'writes' | 'runs' | 'artifacts'>;

/**
 * Throws SlipwayError `forbidden`, and records it before, for the address of a file or folder that is one of such a version,
 * holds one, or would join them. `artifactRoot`: where artifacts lie as plain files; null where they lie by content.
 */
export async function requireFree(parts: Parts, address: string, artifactRoot: string | null): Promise<void> {
  const place = placeOf(address, artifactRoot);
  for (const held of heldPlaces(parts.opened.database)) {
    const files = versionAddress(held, parts);
    if (files === undefined) continue;
    const own = { ...files, address: placeOf(files.address, artifactRoot) };
    const isTouched = touches(place, own) || (await joins(parts, place, own));
    if (!isTouched || !isHeld(parts.models, held)) continue;
    const subject = `${held.name}@${held.version}`;
    const why = `it lies among the files of ${subject}, which a decision put where it is: they stay as they are. Register other files as another version`;
    await refuse(parts, { place, subject, why });
  }
  for (const { name, version, predictions, evidence } of heldEvidence(parts.opened.database)) {
    const kept = predictions === null ? undefined : JSON.parse(predictions);
    const of = kept === undefined ? undefined : parts.runs.findRun(kept.runId)?.artifactUri;
    const addresses = [`mlflow-artifacts:/${evidenceFolder}/${evidence}.json`, ...(of ? [`${of}/${kept.path}`] : [])];
    const isTouched = addresses.some((each) => isSameOrAround(place, placeOf(each, artifactRoot)));
    const subject = `${name}@${version}`;
    const why = `a decision over ${subject} rests on what lies there: it stays as it is`;
    if (isTouched) await refuse(parts, { place, subject, why });
  }
}

/** Whether files of a version changed since then (epoch milliseconds), or are being changed: what was seen of them may be others now. */
export function isChangedSince(
  parts: Pick<Services, 'runs' | 'artifacts'>,
  version: Pick<ModelVersionRow, 'storageLocation' | 'runId'>,
  { time, artifactRoot }: { time: number; artifactRoot: string | null },
): boolean {
  const files = versionAddress(version, parts);
  if (files === undefined) return false;
  const own = { ...files, address: placeOf(files.address, artifactRoot) };
  const isOf = (place: string): boolean => touches(place, own) || isPartner(place, own.address);
  return parts.artifacts.changedSince(time).some((each) => isOf(placeOf(each, artifactRoot)));
}

async function refuse(
  { models, writes }: Parts,
  { place, subject, why }: { place: string; subject: string; why: string },
): Promise<void> {
  const what = `${place.split('/').at(-1)} may not be changed`;
  const terms = { actor: localUser(), door: 'artifacts' as const };
  await writes.run(() =>
    models.decisions.guarded({ subject, terms }, () => {
      throw refused(what, [{ rule: 'files', why }], null);
    }),
  );
}

/** One form for all addresses of a place: a path on the disk, or one among the contents. */
function placeOf(address: string, artifactRoot: string | null): string {
  if (address.startsWith('mlflow-artifacts:')) {
    const below = address.slice('mlflow-artifacts:'.length).replace(/^\/\/[^/]*/, '');
    const path = withoutEnd(below.replace(/^\/+/, ''), /\//);
    return artifactRoot === null ? path : join(artifactRoot, path);
  }
  if (isAbsolute(address) || !address.startsWith('file:')) return address;
  try {
    return fileURLToPath(address);
  } catch {
    return address;
  }
}

/** What gates leave beside the files of a whole run is none of them. */
function touches(place: string, { address, isRun }: { address: string; isRun: boolean }): boolean {
  if (address === '') return false;
  if (place.startsWith(`${address}/`)) return !isRun || !place.startsWith(`${address}/${gateFolder}/`);
  return isSameOrAround(place, address);
}

function isSameOrAround(place: string, held: string): boolean {
  return place === held || held.startsWith(`${place}/`) || place === '';
}

/** Whether it lies beside a version that is one file, and goes with it, as weights do. */
async function joins({ artifacts }: Parts, place: string, { address }: { address: string }): Promise<boolean> {
  if (!isPartner(place, address)) return false;
  const [folder, file] = [posix.dirname(address), posix.basename(address)];
  const held = isAbsolute(folder) ? folder : `mlflow-artifacts:/${folder === '.' ? '' : folder}`;
  return artifacts.findOf(held, file).then(
    () => true,
    () => false,
  );
}

/** Whether it would go with that address, if a file lies there. */
function isPartner(place: string, address: string): boolean {
  const [file, name] = [posix.basename(address), posix.basename(place)];
  const isBeside = posix.dirname(place) === posix.dirname(address) && name !== file;
  return isBeside && partnersOf(file, [name]).includes(name);
}

function isHeld(models: Parts['models'], { name, version }: { name: string; version: number }): boolean {
  try {
    models.decisions.checkDeletion(models.versions.row(name, version));
    return false;
  } catch (error) {
    if (SlipwayError.is(error, 'forbidden')) return true;
    if (SlipwayError.is(error, 'not-found')) return false;
    throw error;
  }
}
