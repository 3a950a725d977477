// Thirty checks of a contract on a table of a million rows and twenty columns: whole process, and how often it is read.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootFolder } from '../setup/root.mjs';

const { DuckDBInstance } = createRequire(import.meta.url)('@duckdb/node-api');
const rows = 1_000_000;

/** An id, ten numbers, four whole numbers, five categories. */
async function table(path) {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  const columns = [
    'range AS id',
    ...Array.from(
      { length: 10 },
      (_, at) =>
        `CASE WHEN hash(range, ${at}) % 100 = 0 THEN NULL ELSE (hash(range, ${at}) % 1000000) / ${at + 1}.0 END AS n${at}`,
    ),
    ...Array.from({ length: 4 }, (_, at) => `(hash(range, ${at + 20}) % 1000)::BIGINT AS i${at}`),
    ...Array.from({ length: 5 }, (_, at) => `'value' || (hash(range, ${at + 40}) % ${10 * (at + 1)}) AS c${at}`),
  ];
  await connection.run(`COPY (SELECT ${columns.join(', ')} FROM range(${rows})) TO '${path}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
}

function contract() {
  const own = (implementation) => ({ type: 'custom', engine: 'slipway', implementation });
  const property = (name, logicalType, quality, more = {}) => ({ name, logicalType, quality, ...more });
  return JSON.stringify({
    apiVersion: 'v3.1.0',
    kind: 'DataContract',
    id: 'bench',
    version: '1.0.0',
    status: 'active',
    schema: [
      {
        name: 'table',
        quality: [
          { metric: 'rowCount', mustBe: rows },
          { metric: 'duplicateValues', arguments: { properties: ['i0', 'i1', 'id'] }, mustBe: 0 },
          { type: 'sql', query: 'SELECT count(*) FROM {object} WHERE n0 < 0', mustBe: 0 },
          own({ pair: { left: 'i0', operator: '<=', right: 'id', mostly: 0.9 } }),
          own({ condition: { sql: 'n1 >= 0 AND n2 >= 0' } }),
        ],
        properties: [
          property('id', 'integer', [own({ increasing: { strictly: true } })], { required: true, unique: true }),
          ...Array.from({ length: 5 }, (_, at) =>
            property(`n${at}`, 'number', [
              { metric: 'nullValues', mustBeLessThan: 5, unit: 'percent' },
              own({ range: { min: 0, max: 1e6 } }),
            ]),
          ),
          property('n5', 'number', [
            own({ mean: { min: 0 } }),
            own({ quantile: { q: 0.95, max: 1e6 } }),
            own({ stddev: { min: 0 } }),
          ]),
          property('n6', 'number', [own({ outliers: {} })]),
          property('c0', 'string', [{ metric: 'invalidValues', arguments: { pattern: '^value[0-9]+$' }, mustBe: 0 }]),
          property('c1', 'string', [own({ distinctCount: { max: 20 } })]),
        ],
      },
    ],
  });
}

let measured;

async function measure() {
  if (measured !== undefined) return measured;
  const folder = mkdtempSync(join(tmpdir(), 'slipway-bench-'));
  try {
    await table(join(folder, 'table.parquet'));
    writeFileSync(join(folder, 'table.odcs.yaml'), contract());
    const began = performance.now();
    const node = join(rootFolder, 'node_modules/.bin/node');
    const answer = execFileSync(node, [join(rootFolder, 'dist/cli.js'), 'check', 'table.parquet', '--json'], {
      cwd: folder,
    });
    const seconds = (performance.now() - began) / 1000;
    const { checks, scans, verdict, counts } = JSON.parse(answer);
    if (verdict !== 'pass' || checks.length < 30) throw new Error(`${checks.length} checks: ${JSON.stringify(counts)}`);
    measured = { seconds, scans };
    return measured;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const benches = [
  {
    name: 'check: 30 checks, 1 M × 20 Parquet, whole process',
    unit: 's',
    bar: 3,
    measure: async () => (await measure()).seconds,
  },
  {
    name: 'check: how often the table is read for them',
    unit: 'scans',
    bar: 3,
    measure: async () => (await measure()).scans,
  },
];
