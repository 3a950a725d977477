// Where the audit log says that versions stand: rows of stages and aliases can be written by anybody who owns the file.
import type { Database } from '../../../../platform/sqlite/database';
import { auditHash } from '../../../../workspace/audit/audit-chain';
import { detailIn, recordsOf } from '../../../../workspace/audit/audit-records';
import type { VersionKey } from '../../store/model-version-store';
import { decisionsOf } from './decision-rows';
import { namesEverOf } from './named-versions';
import { subjectsOf } from './recorded-rows';
import { settledVersions, standingBefore } from './rules-log';

interface Named {
  model: number;
  name: string;
}

const pastSlipway = 'it was moved past Slipway';

/** What is in production by no decision, or is not and should be, as a clause. `of`: the versions that a decision may put there all the same. */
export interface ProductionDoubt {
  why: string;
  of: (number | undefined)[];
}

/** Null where the version in production is the one that the log knows there. `there`: undefined for none. */
export function productionDoubt(
  database: Database,
  { model, name }: Named,
  there: number | undefined,
): ProductionDoubt | null {
  const decided = decisionsOf(database, model).find(({ target }) => target === 'production');
  const isDue = decided !== undefined && isInProduction(database, { model, version: decided.version }) === true;
  const due = isDue && decided.move !== 'withdrawn' ? decided.version : undefined;
  const of = [there, due];
  if (there === undefined) {
    if (due === undefined) return null;
    return { why: `${name}@${due} was put into production by a decision, and is not there: ${pastSlipway}`, of };
  }
  const known = isInProduction(database, { model, version: there });
  if (known ?? settledVersions(database, model).has(there)) return null;
  return { why: `${name}@${there} is in production, and no decision put it there: ${pastSlipway}`, of };
}

/** Why nothing shows that the alias was moved to that version, as a clause; null where something does. */
export function aliasDoubt(
  database: Database,
  { model, name, version }: Named & VersionKey,
  alias: string,
): string | null {
  const moves = ['alias set', 'alias moved', 'alias deleted'];
  const last = sayingOf(recordsOf(database, moves, subjectsOf(database, { model })), model).findLast(
    ({ detail }) => detail.alias === alias,
  );
  const isSettled = namesEverOf(database, model).some((each) =>
    standingBefore(database, each).has(`${alias}@${version}`),
  );
  if (last === undefined ? isSettled : last.detail.to === String(version)) return null;
  return `@${alias} names ${name}@${version}, and no decision moved it there: ${pastSlipway}`;
}

/** Undefined where no record says where the version went. */
function isInProduction(database: Database, version: VersionKey): boolean | undefined {
  const moves = ['stage changed', 'version deleted', 'version promoted', 'version rolled back'];
  const records = sayingOf(recordsOf(database, moves, subjectsOf(database, version)), version.model);
  const last = records.findLast(({ action, detail }) => isStage(action) || detail.target === 'production');
  if (last === undefined) return undefined;
  return isStage(last.action) ? last.detail.to === 'Production' : true;
}

function isStage(action: string): boolean {
  return action === 'stage changed' || action === 'version deleted';
}

/** Those whose hash is right, and that are not about another model of that name. */
function sayingOf(
  records: ReturnType<typeof recordsOf>,
  model: number,
): { action: string; detail: Record<string, unknown> }[] {
  return records
    .filter((record) => auditHash(record) === record.hash)
    .map((record) => ({ action: record.action, detail: detailIn(record) }))
    .filter(({ detail }) => detail.model === undefined || detail.model === model);
}
