// Registered models and versions for people.
import type {
  Approval,
  KeptGate,
  VersionDetail,
  VersionSummary,
  Waiver,
} from '../protocol/models/registry/model-version';
import type { ModelDetail, ModelSummary } from '../protocol/models/registry/registered-model';
import { gateWord, stageWord, standingWord } from '../protocol/models/registry/registry-words';
import type { Page } from '../protocol/run';
import { bytesText, countText } from '../protocol/wording';
import { timeText } from './number-text';
import { oneLine, textTable } from './text-table';

/** `models list`. */
export function summariesText({ items, next }: Page<ModelSummary>): string {
  if (items.length === 0) return 'There is no registered model. Make one: slipway register NAME FILE.onnx';
  const rows = items.map((model) => [
    oneLine(model.name, 60),
    model.isGated ? 'yes' : 'no',
    String(model.versions),
    model.champion ?? '–',
    waitingText(model),
    oneLine(model.description, 60),
  ]);
  const heads = ['model', 'gated', 'versions', 'champion', 'waiting', 'description'];
  const columns = heads.map((head) => ({ head, right: head === 'versions' || head === 'champion' }));
  return [textTable(columns, rows), ...moreLines(next)].join('\n');
}

function waitingText({ waiting, pendingRules }: ModelSummary): string {
  const parts = [
    ...(waiting > 0 ? [countText(waiting, 'version')] : []),
    ...(pendingRules === null ? [] : ['changed rules']),
  ];
  return parts.length === 0 ? '–' : parts.join(', ');
}

/** `models show NAME`. */
export function modelText(model: ModelDetail): string {
  const { name, versions, description, isGated, rules, protects, pendingRules, items, next } = model;
  const rows = items.map(rowOf);
  const heads = ['version', 'stage', 'aliases', 'gate', 'approvals', 'made', 'by', 'run', 'description'];
  const listed = rules.map(({ id, kind, severity }) =>
    severity === 'block' ? `${id} (${kind})` : `${id} (${kind}, ${severity})`,
  );
  const gated = isGated
    ? [`Rules: ${listed.join(', ') || 'none'}.`, `Protected: ${protects.join(', ') || 'nothing'}.`]
    : [];
  const pending = pendingRules === null ? [] : [`${pendingRules} Agree with slipway approve ${name} --rules.`];
  return [
    `${name}: ${countText(versions, 'version')}${isGated ? '' : ', not gated: its versions move freely'}`,
    ...(description === '' ? [] : [description]),
    ...gated,
    ...pending,
    ...(rows.length === 0
      ? []
      : [
          textTable(
            heads.map((head) => ({ head })),
            rows,
          ),
        ]),
    ...moreLines(next),
  ].join('\n');
}

function rowOf(version: VersionSummary): string[] {
  const { approvals, author, created, runId, runName, description } = version;
  return [
    version.version,
    stageWord(version.stage),
    version.aliases.join(', '),
    standingWord(version),
    approvals === null ? '' : `${approvals.given} of ${approvals.need}`,
    timeText(created),
    author ?? '',
    oneLine(runName ?? runId?.slice(0, 12) ?? '', 30),
    oneLine(description, 60),
  ];
}

/** `models show NAME@V`. */
export function versionText(version: VersionDetail): string {
  const facts = [...standing(version), ...origin(version), ...filesAndTags(version)];
  const told = facts.filter(([, value]) => value !== '').map(([key, value]) => `  ${key.padEnd(12)} ${value}`);
  return [`${version.name}@${version.version}`, ...told].join('\n');
}

type Fact = [key: string, value: string];

function standing({ stage, aliases, gate, gated, approvals, description }: VersionDetail): Fact[] {
  const facts: Fact[] = [
    ['stage', stageWord(stage)],
    ['aliases', aliases.join(', ')],
    ['description', oneLine(description, 200)],
    ['gate', gated?.gate ? gateText(gated.gate, gateWord(gate)) : gateWord(gate)],
  ];
  if (gated === null) return facts;
  const failing = gated.gate?.report.rules.filter(({ verdict }) => verdict !== 'pass') ?? [];
  return [
    ...facts,
    ...failing.map(({ id, verdict, why }): Fact => ['', `${gateWord(verdict)}  ${id}: ${oneLine(why, 300)}`]),
    ['approvals', approvals === null ? '' : `${approvals.given} of ${approvals.need}${fromText(gated.from)}`],
    ...gated.approvals.map((each): Fact => ['', approvalText(each)]),
    ...gated.waivers.map((each, at): Fact => [at === 0 ? 'waivers' : '', waiverText(each)]),
    ...gated.moves.promote.map(
      ({ rule, why }, at): Fact => [at === 0 ? 'not yet' : '', `${rule}: ${oneLine(why, 300)}`],
    ),
  ];
}

function gateText({ time, actor, outdated, report }: KeptGate, word: string): string {
  const head = outdated === null ? word : `${word}: ${oneLine(outdated, 200)} It was ${gateWord(report.verdict)}`;
  return `${head}, judged ${timeText(time)} by ${actor}`;
}

function fromText(from: string[] | null): string {
  return from === null ? '' : `, from ${from.join(', ')}`;
}

function approvalText({ person, verdict, comment, time, expires, void: why }: Approval): string {
  const until = expires === null || why !== null ? '' : `, until ${timeText(expires)}`;
  return `${verdict} by ${person} ${timeText(time)}${until}${said(comment)}${voidText(why)}`;
}

function waiverText({ rule, person, reason, time, expires, void: why }: Waiver): string {
  return `${rule} by ${person} ${timeText(time)}, until ${timeText(expires)}${said(reason)}${voidText(why)}`;
}

function said(text: string): string {
  return text === '' ? '' : `: “${oneLine(text, 200)}”`;
}

function voidText(why: string | null): string {
  return why === null ? '' : ` (void: ${oneLine(why, 200)})`;
}

function origin({ created, author, runId, runName, commit, data, source }: VersionDetail): Fact[] {
  return [
    ['made', author === null ? timeText(created) : `${timeText(created)} by ${author}`],
    ['run', runId === null ? '' : `${runName === null ? '' : `${oneLine(runName, 60)} `}${runId}`],
    ['commit', commit ?? ''],
    ...data.map(({ dataset, version }, at): Fact => [at === 0 ? 'data' : '', `${dataset}@${version.slice(0, 12)}`]),
    ['source', oneLine(source, 300)],
  ];
}

function filesAndTags({ files, tags }: VersionDetail): Fact[] {
  const listed = files?.map(({ path, size, sha256 }) => `${oneLine(path, 100)}, ${bytesText(size)}, ${sha256}`);
  return [
    ...(listed ?? ['not kept here']).map((line, at): Fact => [at === 0 ? 'files' : '', line]),
    ...Object.entries(tags).map(([key, value], at): Fact => [at === 0 ? 'tags' : '', oneLine(`${key}: ${value}`, 300)]),
  ];
}

function moreLines(next: string | null): string[] {
  return next === null ? [] : [`More: --page ${next}`];
}
