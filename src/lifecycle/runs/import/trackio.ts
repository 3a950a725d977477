// The folder in which Trackio keeps its projects, each in a database of its own; or one of them.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../../../base/errors';
import { copyForeignDatabase, type ForeignCopy } from '../../../platform/sqlite/foreign-copy';
import { firstBytes } from './files/first-bytes';
import { SourceReport } from './source-report';
import type { SourceStore } from './source-run';
import { ForeignTables } from './store/foreign-tables';
import { isTrackio, trackioRuns } from './store/trackio-database';

/** What a SQLite database begins with. */
export const sqliteMagic = 'SQLite format 3\0';

/** The store of a project that is opened already. */
export function openTrackioProject(copy: ForeignCopy, path: string, report: SourceReport): SourceStore {
  const runs = trackioRuns({ copy, path, report });
  return { tool: 'trackio', what: 'a project of Trackio', path, runs, models: [], report, close: () => copy.close() };
}

/** The store of all projects in a folder; undefined when there is none. Copies are made beside `scratch`. */
export function openTrackio(path: string, scratch: string): SourceStore | undefined {
  const report = new SourceReport();
  const projects: SourceStore[] = [];
  const files = readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.db'))
    .map(({ name }) => join(path, name));
  for (const [index, file] of files.filter(mayBeTrackio).entries()) {
    const project = openProject(file, `${scratch}-${index}`, report);
    if (project !== undefined) projects.push(project);
  }
  if (projects.length === 0 && report.problems.length === 0) return undefined;
  return {
    tool: 'trackio',
    what: 'a folder of projects of Trackio',
    path,
    runs: projects.flatMap(({ runs }) => runs),
    models: [],
    report,
    close: () => {
      for (const project of projects) project.close();
    },
  };
}

/** Databases are copied to be read, so one that is surely none is left alone: the first table lies at the beginning. */
function mayBeTrackio(path: string): boolean {
  const beginning = firstBytes(path, 256 * 1024);
  return beginning.startsWith(sqliteMagic) && beginning.includes('run_name TEXT');
}

/** Undefined for a database of another kind, and for one of which nothing can be read, which is told. */
function openProject(file: string, scratch: string, report: SourceReport): SourceStore | undefined {
  const copy = copyForeignDatabase(file, scratch);
  try {
    const tables = new ForeignTables(copy.database, file);
    for (const { at, why } of copy.damage) report.problem(file, at, why);
    if (isTrackio(tables)) return openTrackioProject(copy, file, report);
  } catch (error) {
    report.problem(file, '', messageOf(error));
  }
  copy.close();
  return undefined;
}
