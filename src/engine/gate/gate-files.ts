// A gate over files: rules from slipway.yaml, a model, another one, a table. Nothing is known of a registry.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { missing } from '../../lifecycle/models/gate/finding';
import type { ModelOutline } from '../../protocol/inference/outline';
import type { GateFilesQuery, GateQuestions } from '../../protocol/models/gate/gate-questions';
import type { GateReport } from '../../protocol/models/gate/gate-report';
import type { AskedOf } from '../asked/answer-lines';
import { modelProcesses } from '../model/model-processes';
import { runGate } from './gate-run';
import type { GateGiven, GateModel, GateTable, NoModel, NoTable } from './given';
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
    return await runGate(given, pool, { signal, progress, onResult: partial });
  } finally {
    pool.dispose();
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function givenFiles(query: GateFilesQuery, scratch: string): Promise<GateGiven> {
  const { model, folder, candidate, rows, output } = query;
  const { definition, digest } = modelRules(query);
  const subject = await modelSubject(candidate, basename(candidate));
  const named = query.against === null ? null : await otherModel(query.against, { folder, scratch });
  if (output !== null) mkdirSync(output, { recursive: true });
  return {
    ...{ model, candidate: subject, rules: definition.gates, rulesDigest: digest },
    ...{ folder: output ?? scratch, base: folder, notes: [] },
    other: async (against) => named ?? noOther(against),
    table: async (dataset) => tableOf(rows, dataset, definition.data?.features ?? null),
    logged: () => undefined,
    said: (key) => saidBy(subject.outline, key),
    fact: async (rule) => missing(rule, rule.kind, 'That is known of a registered version only, and this is a file.'),
  };
}

function otherModel(against: string, { folder, scratch }: { folder: string; scratch: string }): Promise<GateModel> {
  if (against.startsWith('git:')) return committedModel(folder, against, scratch);
  return modelSubject(against, basename(against));
}

function noOther(against: string): NoModel {
  const none = `What ${against} is, is not known of files: name it with --against FILE or --against git:REF:PATH.`;
  return { none, isFirst: false };
}

function tableOf(rows: GateFilesQuery['rows'], dataset: string | null, features: string[] | null): GateTable | NoTable {
  if (dataset !== null)
    return { none: `Other data than the holdout (${dataset}) are known of registered versions only.` };
  if (rows !== null) return { ...rows, features };
  return { none: 'There is no holdout: name a table with --data, or write data: { holdout: … } into slipway.yaml.' };
}

/** What the file's metadata say. */
function saidBy({ metadata, doc, producer }: ModelOutline, key: string): string | undefined {
  const found = metadata.find((each) => each.key.toLowerCase() === key.toLowerCase())?.value;
  if (found !== undefined) return found;
  return key === 'description' ? doc : key === 'producer' ? producer.name : undefined;
}
