// Whose a SQLite database is, by the words of its tables in its first megabyte: the editor opens no database.
import { open } from 'node:fs/promises';

const magic = 'SQLite format 3\0';
const looked = 1024 ** 2;
/** Where a database says which program made it, and what an export of ours says there. */
const programAt = 68;
const ownExport = 'SLex';

/** The tool that keeps runs in it; undefined for any other file, and for what Slipway itself exported. */
export async function databaseTool(path: string): Promise<'mlflow' | 'trackio' | undefined> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(looked), 0, looked, 0);
    const text = buffer.toString('latin1', 0, bytesRead);
    if (!text.startsWith(magic) || text.startsWith(ownExport, programAt)) return undefined;
    if (text.includes('alembic_version') && text.includes('experiment_id')) return 'mlflow';
    return text.includes('run_name') && /TABLE\s+"?(metrics|configs)\b/.test(text) ? 'trackio' : undefined;
  } finally {
    await file.close();
  }
}
