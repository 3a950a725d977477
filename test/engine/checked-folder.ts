// A folder with a table of flights and no workspace, in which `slipway check` is run.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { slipway, temporaryFolder } from './engine-process';

/** The name of a column that is SQL. */
export const hostile = '"; DROP TABLE x';

/** A check of a report, as `--json` prints it. */
export interface Check {
  id: string;
  verdict: string;
  found: string;
  bad_rows: number | null;
  observed: { min: unknown; max: unknown } | null;
  examples: string[];
  note: string | null;
  place: { line: number };
}

/** What `slipway check --json` prints. */
export interface Report {
  verdict: string;
  summary: string;
  scans: number;
  checks: Check[];
}

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** So many lines of a file. */
function lines(count: number, line: (row: number) => string): string {
  return Array.from({ length: count }, (_, row) => line(row)).join('\n');
}

/** A contract of one table `flights`; `body` begins at the keys of the table. */
export function contract(body: string, head = ''): string {
  return `apiVersion: v3.1.0
kind: DataContract
id: flights
version: 1.0.0
status: active
${head}schema:
  - name: flights
${body.replaceAll(/^/gm, '    ')}
`;
}

/** Checks of one column or table, as a contract. */
export function own(column: string | null, ...checks: string[]): string {
  const quality = checks.map((check) => `- { type: custom, engine: slipway, implementation: ${check} }`);
  if (column === null) return contract(`quality:\n${quality.map((line) => `  ${line}`).join('\n')}`);
  return contract(
    `properties:\n  - name: ${JSON.stringify(column)}\n    quality:\n${quality.map((line) => `      ${line}`).join('\n')}`,
  );
}

/** Such a folder of this file's own, which is there while its tests run. */
export class CheckedFolder {
  #path = '';

  constructor() {
    beforeAll(() => {
      this.#path = temporaryFolder();
      this.#writeTables();
    });
    afterAll(() => rmSync(this.#path, { recursive: true, force: true }));
  }

  get path(): string {
    return this.#path;
  }

  file(name: string, text: string): void {
    writeFileSync(join(this.#path, name), text);
  }

  check(...words: string[]): Promise<Ended> {
    return slipway(['check', ...words], { cwd: this.#path });
  }

  /** What the contract `text` says of the flights. */
  async judged(
    text: string,
    ...words: string[]
  ): Promise<{ code: number | null; report: Report; by: (id: string) => Check }> {
    this.file('flights.odcs.yaml', text);
    const { code, stdout, stderr } = await this.check('flights.csv', '--json', ...words);
    if (stdout === '' || stderr !== '') throw new Error(stderr);
    const report = JSON.parse(stdout) as Report;
    const by = (id: string): Check => {
      const found = report.checks.find((each) => each.id === id);
      if (found === undefined) throw new Error(`${id} is not among ${report.checks.map((each) => each.id).join(', ')}`);
      return found;
    };
    return { code, report, by };
  }

  #writeTables(): void {
    // 1,000 rows; every 20th delay is missing, every 50th carrier is ZZ, every 100th id stands twice.
    this.file(
      'flights.csv',
      `id,carrier,delay,tail,time,${`"${hostile.replaceAll('"', '""')}"`},empty\n${lines(1000, (row) =>
        [
          row % 100 === 99 ? row - 1 : row,
          row % 50 === 0 ? 'ZZ' : ['AA', 'DL'][row % 2],
          row % 20 === 0 ? '' : row % 100,
          `N${row % 60}`,
          `2013-01-${String((row % 28) + 1).padStart(2, '0')} 10:00:00`,
          row % 7,
          '',
        ].join(','),
      )}\n`,
    );
    this.file('planes.csv', `tailnum\n${lines(59, (row) => `N${row}`)}\n`);
  }
}
