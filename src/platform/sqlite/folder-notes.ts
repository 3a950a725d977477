// What a database loses by where its folder lies.
import { networkKindOf } from '../files/network-folder';
import { type Database, hasLog } from './database';

/** One sentence for each thing that would be better on a disk of this computer. `home`: the real path of `.slipway`. */
export function folderNotes(home: string, database: Database): string[] {
  const kind = networkKindOf(home);
  const notes: string[] = [];
  if (kind !== undefined) {
    notes.push(
      `${home} lies on another computer (${kind}). Open it from one computer at a time: where locks do not cross the network, two engines would damage the database. \`slipway backup\` onto a disk of this computer is a good habit.`,
    );
  }
  if (!hasLog(database)) {
    notes.push(
      `The file system under ${home} lets programs share no memory, so reading and writing wait for each other. A folder on a disk of this computer is faster.`,
    );
  }
  return notes;
}
