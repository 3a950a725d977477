// A contract on a table: opens what it needs, measures, judges.
import { createHash } from 'node:crypto';
import { SlipwayError } from '../../../../base/errors';
import type { CheckReport, CheckResult } from '../../../../protocol/datasets/contract/check';
import type { CheckedSource } from '../../../../protocol/datasets/contract/check-questions';
import type { ContractCheck, ContractTable } from '../../../../protocol/datasets/contract/contract';
import { contractTable, otherKey } from '../../../../protocol/datasets/contract/contract-table';
import { readContract } from '../../../../protocol/datasets/contract/reading/contract-reading';
import { onlyAcceptable } from '../../../../protocol/datasets/contract/writing/accepted-change';
import { isColumnar, type TableSource } from '../../../../protocol/datasets/table-source';
import { checkReport } from '../../contract/check-report';
import { judgeCheck } from '../../contract/check-verdict';
import { tableDrift } from '../drift/drift-scan';
import { type OpenTables, type OpenTerms, withTables } from '../open-tables';
import { measureChecks } from './check-scans';
import { type CheckedTable, columnsOf, type OtherView } from './checked-table';
import { columnMeasure, missingColumn } from './column-checks';

/** Runs all checks. Throws SlipwayError for a contract that is wrong and for a table that cannot be read. */
export async function checkTable(input: CheckedSource, terms: OpenTerms): Promise<CheckReport> {
  const started = performance.now();
  const contract = openedContract(input);
  return withCheckedTable(input, terms, async (open, table) => {
    const own = new Map<string, CheckResult>();
    const measured: ContractCheck[] = [];
    for (const check of contract.checks) {
      const known = columnMeasure(check, table) ?? missingColumn(check, table, contract);
      if (known === undefined) measured.push(check);
      else own.set(check.id, judgeCheck(check, known));
    }
    const { measures, rows, scans } = await measureChecks(open, measured, table);
    const checks = contract.checks.flatMap((check) => {
      const measure = measures.get(check.id);
      return own.get(check.id) ?? (measure === undefined ? [] : judgeCheck(check, measure));
    });
    const forPeople = new Set(contract.checks.filter(({ test }) => test.kind === 'words').map(({ id }) => id));
    return checkReport(onlyAcceptable(input.contract, contract.checks, checks), forPeople, {
      contract: input.path,
      digest: createHash('sha256').update(input.contract).digest('hex'),
      table: contract.name,
      rows,
      scans,
      milliseconds: Math.round(performance.now() - started),
      time: Date.now(),
      notes: open.notes,
    });
  });
}

/** The table of the contract that is meant. Throws SlipwayError `bad-request` for a contract that is wrong. */
export function openedContract({
  contract,
  path,
  table,
}: Pick<CheckedSource, 'contract' | 'path' | 'table'>): ContractTable {
  const read = readContract(contract);
  const [first] = read.problems;
  if (first !== undefined) {
    const more = read.problems.length > 1 ? ` (and ${read.problems.length - 1} more)` : '';
    throw new SlipwayError('bad-request', `${path}:${first.place.line}:${first.place.column}: ${first.message}${more}`);
  }
  return contractTable(read, table, path);
}

/** Opens the table and those that its contract names, and says what checks may look at. */
export function withCheckedTable<Answer>(
  input: CheckedSource,
  terms: OpenTerms,
  work: (open: OpenTables, table: CheckedTable) => Promise<Answer>,
): Promise<Answer> {
  return openOthers(input, terms).then(({ views, sources }) =>
    withTables({ data: input.source, ...sources }, terms, async (open) => {
      const others = new Map<string, OtherView>();
      for (const [key, view] of views) {
        others.set(key, typeof view === 'string' ? { view, columns: await columnsOf(open.duck, view) } : view);
      }
      const table: CheckedTable = {
        columns: await columnsOf(open.duck, 'data'),
        isTyped: isColumnar(input.source),
        name: 'data',
        others,
        now: Date.parse(input.now) / 1000,
        drift: async ({ column, method, reference, threshold }) => {
          const other = input.others[otherKey(reference)];
          if (other === undefined || 'why' in other)
            throw new SlipwayError('unavailable', 'The other table is missing.');
          const options = { preset: 'slipway' as const, columns: [column], method, threshold, alpha: 0.05, keys: [] };
          const tables = { reference: other.source, current: input.source };
          const { columns } = await tableDrift(tables, options, terms, () => undefined);
          const [found] = columns;
          if (found === undefined) throw new SlipwayError('invalid', `${column} cannot be compared by ${method}.`);
          return found;
        },
      };
      return work(open, table);
    }),
  );
}

/** A table that a contract names and that cannot be opened takes only its own checks with it. */
async function openOthers(
  { others }: CheckedSource,
  terms: OpenTerms,
): Promise<{ views: Map<string, string | { why: string }>; sources: Record<string, TableSource> }> {
  const views = new Map<string, string | { why: string }>();
  const sources: Record<string, TableSource> = {};
  for (const [at, [key, other]] of Object.entries(others).entries()) {
    const view = `slipway_other_${at}`;
    const why = 'why' in other ? other.why : await whyNot(other.source, terms);
    views.set(key, why === undefined ? view : { why });
    if ('source' in other && why === undefined) sources[view] = other.source;
  }
  return { views, sources };
}

async function whyNot(source: TableSource, terms: OpenTerms): Promise<string | undefined> {
  try {
    await withTables({ data: source }, terms, ({ duck }) => duck.rows('SELECT 1 FROM data LIMIT 1'));
    return undefined;
  } catch (error) {
    if (terms.signal.aborted || !SlipwayError.is(error)) throw error;
    return error.message;
  }
}
