// What decisions and records left somewhere and is somewhere else now, without a record that moved it: it was moved past Slipway.
// Reads all of the log, so it is for a reader thread.
import type { Database } from '../../../../platform/sqlite/database';
import { prepared } from '../../../../platform/sqlite/prepared';
import { detailIn, recordAt, recordsOf } from '../../../../workspace/audit/audit-records';
import { decisionsOf } from './decision-rows';
import { gatedNames, namesOfModel } from './rules-log';

interface ModelNow {
  model: number;
  name: string;
  isDeleted: 0 | 1;
}

interface VersionNow {
  version: number;
  stage: string;
  source: string;
  author: string;
  runId: string;
  storageLocation: string;
  isDeleted: 0 | 1;
}

/** One sentence for each gated model or version of one that is not where its records left it. */
export function movedPast(database: Database): string[] {
  const gated = new Set(gatedNames(database));
  const records = movesIn(database);
  const models = database
    .prepare<[], ModelNow>('SELECT model, name, deleted_time IS NOT NULL AS isDeleted FROM registered_models')
    .all();
  return models.flatMap((model) => {
    const own = records.filter((each) => each.model === model.model);
    const said = nameIn(own);
    const isGated =
      gated.has(said ?? model.name) || namesOfModel(database, model.model).some((name) => gated.has(name));
    return isGated ? problemsOfModel(database, model, { own, said: said ?? model.name }) : [];
  });
}

interface Move {
  seq: number;
  action: string;
  subject: string;
  model: number;
  detail: Record<string, unknown>;
}

const moving = [
  ...['model created', 'model renamed', 'model deleted', 'model imported', 'version created', 'version deleted'],
  ...['stage changed', 'alias set', 'alias moved', 'alias deleted'],
];

function movesIn(database: Database): Move[] {
  return recordsOf(database, moving).flatMap((record) => {
    const detail = detailIn(record);
    const { seq, action, subject } = record;
    return typeof detail.model === 'number' ? [{ seq, action, subject, model: detail.model, detail }] : [];
  });
}

/** What a model is called by its records; undefined where they do not say. */
function nameIn(own: readonly Move[]): string | undefined {
  const last = own.findLast(({ action }) => ['model created', 'model renamed', 'model imported'].includes(action));
  if (last === undefined) return undefined;
  return last.action === 'model imported' ? last.subject : String(last.detail.to);
}

function problemsOfModel(database: Database, now: ModelNow, { own, said }: { own: Move[]; said: string }): string[] {
  const problems: string[] = [];
  const isDeleted = own.some(({ action }) => action === 'model deleted');
  if (now.name !== said) problems.push(`${said} is called ${now.name}, and no record says so.`);
  if (now.isDeleted === 1 && !isDeleted)
    problems.push(`${said} is not there any more, and no record says that it was deleted.`);
  if (isDeleted) return problems;
  const isBound = namesOfModel(database, now.model).includes(said);
  if (!isBound && gatedNames(database).includes(said)) {
    problems.push(`${said} is gated, and the entry that binds its model was taken away.`);
  }
  return [...problems, ...problemsOfVersions(database, now.model, { own, said })];
}

function problemsOfVersions(
  database: Database,
  model: number,
  { own, said }: { own: readonly Move[]; said: string },
): string[] {
  const versions = database
    .prepare<[number], VersionNow>(
      `SELECT version, stage, source, author, run_id AS runId, storage_location AS storageLocation,
        deleted_time IS NOT NULL AS isDeleted FROM model_versions WHERE model = ?`,
    )
    .all(model);
  const others = versions.flatMap((row) => {
    const { version, source, author } = row;
    const created = own.find((each) => each.action === 'version created' && isOf(each, version));
    const registrant = created?.detail.author ?? author;
    return [
      ...(created === undefined || created.detail.to === source
        ? []
        : [`${said}@${version} names ${source} as its files, and was registered from others.`]),
      ...(registrant === author
        ? []
        : [`${said}@${version} is said to be by ${author || 'nobody'}, and ${registrant || 'nobody'} registered it.`]),
      ...(created === undefined ? [] : otherOrigin(row, created, said)),
    ];
  });
  const missing = missingChampion(database, model, { own, versions });
  const stood = [
    ...strangeStages(own, said),
    ...strangeAliases(own, said),
    ...strangeDecisions(database, model, { own, said }),
  ];
  const lost = [...lostVersions(own, versions, said), ...otherTags(database, model, { versions, said })];
  return [...others, ...lost, ...stood, ...(missing === null ? [] : [`${said}@${missing}: no decision took it away.`])];
}

/** Records of earlier versions of Slipway do not say where files are. */
function otherOrigin({ version, runId, storageLocation }: VersionNow, { detail }: Move, said: string): string[] {
  const { run_id: run = runId, storage_location: place = storageLocation } = detail;
  return [
    ...(run === runId
      ? []
      : [`${said}@${version} names ${runId || 'no run'} as its run, and was registered from ${run || 'none'}.`]),
    ...(place === storageLocation
      ? []
      : [`${said}@${version} has its files at ${storageLocation}, and was registered with those at ${place}.`]),
  ];
}

/** Versions whose rows were taken away: a deleted one keeps its own, and no number is given twice. */
function lostVersions(own: readonly Move[], versions: readonly VersionNow[], said: string): string[] {
  const there = new Set(versions.map(({ version }) => version));
  const created = createdIn(own);
  return [...new Set(created)].flatMap((version) => {
    if (!there.has(version)) return [`${said}@${version} was registered, and its row is gone.`];
    const times = created.filter((each) => each === version).length;
    return times === 1 ? [] : [`${said}@${version} was registered ${times} times: the row of another one is gone.`];
  });
}

/** Tags that the last decision over a version wrote, and that say something else. Records of earlier versions of Slipway do not have them. */
function otherTags(
  database: Database,
  model: number,
  { versions, said }: { versions: readonly VersionNow[]; said: string },
): string[] {
  const promoted = decisionsOf(database, model).filter(({ move }) => move === 'promoted');
  const sql = 'SELECT value FROM model_version_tags WHERE model = ? AND version = ? AND key = ?';
  const tagged = prepared<[number, number, string], { value: string }>(database, sql);
  return versions.flatMap(({ version, isDeleted }) => {
    const last = promoted.find((each) => each.version === version);
    const record = last === undefined || isDeleted === 1 ? undefined : recordAt(database, last.seq);
    const tags = record === undefined ? {} : ((detailIn(record).tags ?? {}) as Record<string, unknown>);
    return Object.entries(tags).flatMap(([key, value]) => {
      const now = tagged.get(model, version, key)?.value ?? '';
      const words = `${said}@${version} is tagged ${key}: ${now || 'nothing'}, and the decision wrote ${String(value) || 'nothing'}.`;
      return now === value ? [] : [words];
    });
  });
}

/** Stages that versions left, by their records, and that no record put them in; told for good, whatever came after. */
function strangeStages(own: readonly Move[], said: string): string[] {
  const stages = new Map(createdIn(own).map((version) => [version, 'None']));
  return own.flatMap(({ seq, action, subject, detail }) => {
    const version = versionIn(subject);
    const known = stages.get(version);
    if (action !== 'stage changed' || known === undefined) return [];
    stages.set(version, String(detail.to));
    const where = detail.from === 'Production' ? 'in production' : `in ${String(detail.from)}`;
    return detail.from === known
      ? []
      : [`${said}@${version} was ${where} until record ${seq}, and no record had put it there.`];
  });
}

/** Versions that aliases named, by the records that took them away, and that no record had named. Alias champion goes with production. */
function strangeAliases(own: readonly Move[], said: string): string[] {
  if (!own.some(({ action }) => action === 'model created')) return [];
  const named = new Map<unknown, unknown>();
  return own.flatMap(({ seq, action, detail: { alias, from, to } }) => {
    if (!action.startsWith('alias ') || alias === 'champion') return [];
    const known = named.get(alias) ?? null;
    named.set(alias, to);
    return from === known
      ? []
      : [
          `@${String(alias)} named ${from === null ? 'nothing' : `${said}@${String(from)}`} until record ${seq}, and no record had made it.`,
        ];
  });
}

/** Versions that a decision found in production already, where no record had put them. */
function strangeDecisions(
  database: Database,
  model: number,
  { own, said }: { own: readonly Move[]; said: string },
): string[] {
  const created = createdIn(own);
  return decisionsOf(database, model).flatMap(({ id, seq, version, target, move }) => {
    if (target !== 'production' || move === 'withdrawn' || !created.includes(version)) return [];
    const stages = own.filter((each) => each.action === 'stage changed' && isOf(each, version));
    const isCome = stages.some(({ detail }) => detail.gate === `decision ${id}`);
    const before = stages.findLast((each) => each.seq < seq)?.detail.to;
    if (isCome || before === 'Production') return [];
    return [`${said}@${version} was in production before record ${seq} decided that, and no record had put it there.`];
  });
}

/** Versions whose records are here from the first on. */
function createdIn(own: readonly Move[]): number[] {
  return own.flatMap(({ action, subject }) => (action === 'version created' ? [versionIn(subject)] : []));
}

function versionIn(subject: string): number {
  return Number(subject.split('@').at(-1));
}

/** The version that the last decision put into production, and what is not so; null where all is. */
function missingChampion(
  database: Database,
  model: number,
  { own, versions }: { own: readonly Move[]; versions: readonly VersionNow[] },
): string | null {
  const decided = decisionsOf(database, model).find(({ target }) => target === 'production');
  if (decided === undefined || decided.move === 'withdrawn') return null;
  const { version } = decided;
  const since = own.filter(({ seq }) => seq > decided.seq);
  const isLeft = since.some(
    (each) =>
      isOf(each, version) &&
      (each.action === 'version deleted' || (each.action === 'stage changed' && each.detail.from === 'Production')),
  );
  if (isLeft) return null;
  const there = versions.find((each) => each.version === version);
  if (there?.stage !== 'Production' || there.isDeleted === 1) {
    return `${version} was put into production, and is not there`;
  }
  const sql = "SELECT version FROM model_aliases WHERE model = ? AND alias = 'champion'";
  const named = prepared<[number], { version: number }>(database, sql).get(model)?.version;
  const isMoved = since.some(
    (each) => each.detail.alias === 'champion' && (each.action === 'alias deleted' || !isOf(each, version)),
  );
  return named === version || isMoved ? null : `${version} is production, and alias champion does not name it`;
}

function isOf({ subject }: Move, version: number): boolean {
  return subject.endsWith(`@${version}`);
}
