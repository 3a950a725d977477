// Where the files of a run or model of MLflow lie now. Its records hold absolute addresses of the machine and folder they
// were written in, or addresses of a server.
import { lstatSync, realpathSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The folder of what is named `own` (`RUN/artifacts`, `models/MODEL/artifacts`) in an experiment; undefined when none is
 * found. `root` is the folder that the store lies in, `beside` names folders there that hold files of this store only. An address is only followed to a folder that is named so: a record
 * cannot make any other folder one of a run.
 */
export function mlflowFolder(
  address: string,
  {
    root,
    experimentId,
    own,
    beside = [],
  }: { root: string; experimentId: string; own: string; beside?: readonly string[] },
): string | undefined {
  const inExperiment = `${experimentId}/${own}`;
  const named = localPath(address);
  const places = [
    ...['', 'mlruns', 'mlartifacts', ...beside]
      .map((folder) => join(root, folder, inExperiment))
      .filter((place) => isBelow(root, place)),
    ...(named?.replaceAll('\\', '/').endsWith(`/${own}`) === true ? [named] : []),
  ];
  return places.find((place) => lstatSync(place, { throwIfNoEntry: false })?.isDirectory() === true);
}

/** True for a place to which no link leads out of the store. */
function isBelow(root: string, place: string): boolean {
  try {
    return realpathSync(place).startsWith(`${realpathSync(root)}${sep}`);
  } catch {
    return false;
  }
}

function localPath(address: string): string | undefined {
  if (address.startsWith('/')) return address;
  if (!address.startsWith('file:')) return undefined;
  try {
    return fileURLToPath(address);
  } catch {
    return undefined;
  }
}

/** True for an address of another machine, whose files cannot be taken. */
export function isElsewhere(address: string): boolean {
  return /^[a-z][a-z0-9+.-]*:/i.test(address) && !/^(file|mlflow-artifacts):/i.test(address);
}
