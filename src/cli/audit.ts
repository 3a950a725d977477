// slipway audit list, verify and accept
import type { Command } from 'commander';
import { requireIdentity } from '../client/registry/identity';
import type { AuditRecord, AuditVerification } from '../protocol/audit/audit';
import { auditWords } from '../protocol/audit/audit-words';
import { countText } from '../protocol/wording';
import type { CliContext, CommonOptions } from './context';
import { saidWhy } from './decision';
import { timeText } from './number-text';
import { type Column, oneLine, textTable } from './text-table';
import { wholeNumber } from './whole-number';

interface ListOptions extends CommonOptions {
  limit: number;
  page?: string;
  verbose?: boolean;
}

interface AcceptOptions extends CommonOptions {
  reason: string;
}

/** Adds `audit list`, the newest records of the audit log, `audit verify`, which says whether it is what was written, and `audit accept`. */
export function registerAuditCommands(program: Command, context: CliContext): void {
  const audit = program.command('audit').description('what was decided and done with models, in order');
  audit
    .command('list [model]')
    .description('the newest records, of one model and its versions (NAME), of one version (NAME@V), or of all')
    .option('--limit <records>', 'how many', wholeNumber(500), 50)
    .option('--page <token>', 'where the last list ended: its next')
    .option('--verbose', 'every record with its detail and its hash, also those that belong to a decision')
    .option('--workspace <dir>', 'the workspace')
    .option('--json', 'print JSON')
    .action((model: string | undefined, options: ListOptions) => list(context, model ?? null, options));
  audit
    .command('verify')
    .description('is every record what was written, in its place, and none missing: exit 0 yes, 1 no')
    .option('--workspace <dir>', 'the workspace')
    .option('--json', 'print JSON')
    .action((options: CommonOptions) => verify(context, options));
  audit
    .command('accept')
    .description(
      'rely on the log as it is, where records were found missing: until somebody says so, nothing protected moves. ' +
        'Who you are is what git config user.email says: it is kept as said, and not proved',
    )
    .requiredOption('--reason <text>', 'why it lacks records, as after a backup was put back')
    .option('--workspace <dir>', 'the workspace')
    .option('--json', 'print JSON')
    .action((options: AcceptOptions) => accept(context, options));
}

async function accept(context: CliContext, options: AcceptOptions): Promise<void> {
  const identity = await requireIdentity(context.layout(options).root);
  const client = await context.client(options);
  const reason = saidWhy('--reason', options.reason);
  const answer = await client.api.audit.accept.mutate({ identity, door: 'command line', reason });
  context.print(options, answer, answer.sentence);
}

async function list(context: CliContext, subject: string | null, options: ListOptions): Promise<void> {
  const client = await context.client(options);
  const found = await client.api.audit.list.query({ subject, limit: options.limit, page: options.page ?? null });
  const table = options.verbose ? wholeTable(found.items) : readableTable(found.items);
  const more = found.next === null ? [] : [`More: --page ${found.next}`];
  const text = found.items.length === 0 ? 'Nothing is recorded.' : [table, ...more].join('\n');
  context.print(options, found, text);
}

/** A line for each thing that was done: what a decision moved is told by the decision. */
function readableTable(records: readonly AuditRecord[]): string {
  const rows = records.flatMap((record) => {
    const { what, rest, isPart } = auditWords(record);
    if (isPart) return [];
    const of = record.action === 'gate run' ? 'of ' : record.action.startsWith('rules ') ? 'for ' : '';
    const about = `${what} ${of}${record.subject}${rest === '' ? '' : `: ${rest}`}`;
    return [[String(record.seq), timeText(record.time), record.actor, oneLine(about, 300)]];
  });
  const heads = ['record', 'time', 'by', 'what'];
  return textTable(heads.map(columnOf), rows);
}

/** Each record with all of its detail. */
function wholeTable(records: readonly AuditRecord[]): string {
  const rows = records.map((record) => [
    String(record.seq),
    timeText(record.time),
    record.actor,
    record.action,
    oneLine(record.subject, 60),
    detailText(record),
    record.hash.slice(0, 12),
  ]);
  return textTable(['record', 'time', 'by', 'what', 'of', 'detail', 'hash'].map(columnOf), rows);
}

function columnOf(head: string): Column {
  return { head, right: head === 'record' };
}

function detailText({ detail }: AuditRecord): string {
  const parts = Object.entries(detail).flatMap(([name, value]) =>
    value === null || value === '' ? [] : [`${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`],
  );
  return oneLine(parts.join(', '), 100);
}

async function verify(context: CliContext, options: CommonOptions): Promise<void> {
  const client = await context.client(options);
  const found = await client.api.audit.verify.query();
  context.print(options, found, verificationText(found));
  if (!found.isIntact) process.exitCode = 1;
}

function verificationText({ records, isIntact, problems, unsealed, head }: AuditVerification): string {
  const count = countText(records, 'record');
  const seals =
    unsealed > 0
      ? `${countText(unsealed, 'record has', 'records have')} no seal of this user on this machine: the hashes hold, but another could have made them.`
      : 'All were sealed by this user on this machine.';
  if (!isIntact) {
    const lines = problems.map(({ seq, message }) => (seq === null ? message : `Record ${seq}: ${message}`));
    return [`What is kept is not what was written and decided (${count}).`, ...lines].join('\n');
  }
  if (head === null) return 'The audit log has no record yet.';
  return `The audit log is what was written: ${count}, each in its place. ${seals}\nNewest hash: ${head}`;
}
