// The files of a version that a decision put somewhere stay as they were decided over: no route of artifacts changes them.
import { isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SlipwayError } from '../../base/errors';
import { heldPlaces } from '../../lifecycle/models/decision/store/held-places';
import { localUser } from '../../workspace/identity';
import { gateFolder } from '../gate/version/judged/version-files';
import type { Services } from '../services';

type Parts = Pick<Services, 'models' | 'opened' | 'audit' | 'writes'>;

/**
 * Throws SlipwayError `forbidden`, and records it, for the address of a file or folder that is one of such a version, holds
 * one, or would join them. `artifactRoot`: where artifacts lie as plain files; null where they lie by content.
 */
export function requireFree(parts: Parts, address: string, artifactRoot: string | null): void {
  const { models, opened, audit, writes } = parts;
  const place = placeOf(address, artifactRoot);
  for (const { name, version, location } of heldPlaces(opened.database)) {
    if (!touches(place, placeOf(location, artifactRoot)) || !isHeld(models, name, version)) continue;
    const subject = `${name}@${version}`;
    const why = `${place.split('/').at(-1)} lies among the files of ${subject}, which a decision put where it is: they stay as they are. Register other files as another version.`;
    const entry = {
      actor: localUser(),
      action: 'refused',
      subject,
      detail: { door: 'artifacts', rules: ['files'], why },
    };
    void writes.run(() => audit.add(entry, Date.now()));
    throw new SlipwayError('forbidden', why);
  }
}

/** One form for all addresses of a place: a path on the disk, or one among the contents. */
function placeOf(address: string, artifactRoot: string | null): string {
  if (address.startsWith('mlflow-artifacts:')) {
    const path = address
      .slice('mlflow-artifacts:'.length)
      .replace(/^\/\/[^/]*/, '')
      .replace(/^\/+|\/+$/g, '');
    return artifactRoot === null ? path : join(artifactRoot, path);
  }
  if (isAbsolute(address) || !address.startsWith('file:')) return address;
  try {
    return fileURLToPath(address);
  } catch {
    return address;
  }
}

/** What gates leave beside the files of a run is none of them. */
function touches(place: string, files: string): boolean {
  if (files === '') return false;
  if (place.startsWith(`${files}/`)) return !place.startsWith(`${files}/${gateFolder}/`);
  return place === files || files.startsWith(`${place}/`);
}

function isHeld(models: Parts['models'], name: string, version: number): boolean {
  try {
    models.decisions.checkDeletion(models.versions.row(name, version));
    return false;
  } catch (error) {
    if (SlipwayError.is(error, 'forbidden')) return true;
    if (SlipwayError.is(error, 'not-found')) return false;
    throw error;
  }
}
