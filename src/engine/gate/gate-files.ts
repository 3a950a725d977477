// A gate over files: rules from slipway.yaml, a model, others, tables. Whoever asks has got them from wherever they are.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SlipwayError } from '../../base/errors';
import type { ModelOutline } from '../../protocol/inference/outline';
import type { GateFilesQuery, GateOther, GateQuestions, GateRows } from '../../protocol/models/gate/gate-questions';
import type { GateReport } from '../../protocol/models/gate/gate-report';
import { featureLists } from '../../protocol/models/model-definition';
import type { AskedOf } from '../asked/answer-lines';
import { modelProcesses } from '../model/model-processes';
import { rowsChange, rulesChange } from './base-rules';
import { runGate } from './gate-run';
import { type GateGiven, type GateModel, type GateTable, isNone, type NoModel, type NoTable } from './given';
import { factFinding } from './kinds/fact';
import { modelRules } from './model-rules';
import { committedModel, modelSubject } from './model-subject';

/** Throws SlipwayError with what is wrong with the rules or a file that was named; what a rule cannot do is its error. */
export async function gateFiles(
  query: GateFilesQuery,
  { signal, progress, partial }: AskedOf<GateQuestions['gateFiles']['partial']>,
): Promise<GateReport> {
  const pool = modelProcesses();
  const scratch = mkdtempSync(join(tmpdir(), 'slipway-gate-'));
  try {
    const given = await givenFiles(query, scratch);
    return await runGate(given, pool, { signal, deadline: query.deadline, progress, onResult: partial });
  } finally {
    pool.dispose();
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function givenFiles(query: GateFilesQuery, scratch: string): Promise<GateGiven> {
  const { model, folder, candidate, others, tables, logged, said, facts, output } = query;
  const { definition, digest, notes } = query.rules === null ? await modelRules(query) : { ...query.rules, notes: [] };
  const subject = await modelSubject(candidate.path, candidate.name, candidate.version);
  const known = new Map<string, Promise<GateModel | NoModel>>();
  const other = (against: string): Promise<GateModel | NoModel> => {
    const found = known.get(against) ?? otherModel(own(others, against), { against, folder, scratch });
    known.set(against, found);
    return found;
  };
  // Before any work: what was named and is not there is no rule's error.
  for (const [against, each] of Object.entries(others)) if (!('wrong' in each)) await other(against);
  if (output !== null) mkdirSync(output, { recursive: true });
  return {
    ...{ model, candidate: subject, rules: definition.gates, rulesDigest: digest, other },
    ...{ folder: output ?? scratch, base: folder, notes: [...notes, ...(await changeNotes(query))] },
    table: async (dataset) => tableOf(own(tables, dataset ?? ''), dataset, featureLists(definition)),
    logged: (metric) => own(logged, metric),
    said: (key) => own(said, key) ?? saidBy(subject.outline, key),
    framework: query.framework,
    fact: async (rule) => factFinding(rule, own(facts, rule.id)),
  };
}

/** How rules and rows differ from those of the commits that are compared with. */
async function changeNotes(query: GateFilesQuery): Promise<string[]> {
  const { base, folder, rules, others } = query;
  if (base !== null) {
    const holdout = own(query.tables, '');
    const source = holdout === undefined || 'none' in holdout ? undefined : holdout.source;
    const note = source === undefined || 'query' in source ? null : await rowsChange(folder, base, source.files);
    return note === null ? [] : [note];
  }
  const commits = Object.values(others).flatMap((other) =>
    rules === null && 'commit' in other ? (/^git:([^:]+):/.exec(other.commit)?.[1] ?? []) : [],
  );
  const notes = await Promise.all(
    [...new Set(commits)].map((commit) => rulesChange({ folder, model: query.model, commit })),
  );
  return notes.flatMap((note) => note ?? []);
}

function own<T>(of: Record<string, T>, key: string): T | undefined {
  return Object.hasOwn(of, key) ? of[key] : undefined;
}

async function otherModel(
  found: GateOther | undefined,
  { against, folder, scratch }: { against: string; folder: string; scratch: string },
): Promise<GateModel | NoModel> {
  if (found === undefined) {
    const none = `What ${against} is, is not known of files: name it with --against FILE or --against git:REF:PATH.`;
    return { none, isFirst: false };
  }
  if ('none' in found) return found;
  if ('wrong' in found) throw new SlipwayError('conflict', found.wrong);
  if ('commit' in found) {
    const model = await committedModel(folder, found.commit, mkdtempSync(join(scratch, 'commit-')));
    return isNone(model) ? { ...model, isFirst: found.isDue !== true } : { ...model, name: found.name ?? model.name };
  }
  try {
    return await modelSubject(found.path, found.name, found.version);
  } catch (error) {
    // The message names a file, which may be called as the candidate's is.
    if (!SlipwayError.is(error) || error.message.startsWith(found.name)) throw error;
    throw new SlipwayError(error.code, `What it is compared with, ${found.name}: ${error.message}`, { cause: error });
  }
}

function tableOf(
  rows: GateRows | NoTable | undefined,
  dataset: string | null,
  features: string[][],
): GateTable | NoTable {
  if (rows !== undefined) return 'none' in rows ? rows : { ...rows, features };
  if (dataset !== null) return { none: `${dataset} is known in a workspace only.` };
  return { none: 'There is no holdout: name a table with --data, or write data: { holdout: … } into slipway.yaml.' };
}

/** What the file's metadata say. */
function saidBy({ metadata, doc, producer }: ModelOutline, key: string): string | undefined {
  const found = metadata.find((each) => each.key.toLowerCase() === key.toLowerCase())?.value;
  if (found !== undefined) return found;
  return key === 'description' ? doc : key === 'producer' ? producer.name : undefined;
}
