// Registered models and versions as --json prints them.
import type {
  Approval,
  KeptGate,
  Refusal,
  VersionDetail,
  VersionSummary,
  Waiver,
} from '../protocol/models/registry/model-version';
import type { ModelDetail, ModelSummary } from '../protocol/models/registry/registered-model';
import { gateJson } from './gate-text';

/** One row of `models list`. */
export function summaryJson({ isGated, pendingRules, ...model }: ModelSummary): Record<string, unknown> {
  const { name, description, versions, champion, waiting, updated } = model;
  return { name, description, gated: isGated, versions, champion, waiting, pending_rules: pendingRules, updated };
}

/** `models show NAME`. */
export function modelJson(model: ModelDetail): Record<string, unknown> {
  const { rules, protects, items, next } = model;
  return { ...summaryJson(model), rules, protects, items: items.map(rowJson), next };
}

/** `models show NAME@V`. */
export function versionJson(version: VersionDetail): Record<string, unknown> {
  const { source, commit, data, files, tags, gated } = version;
  return { ...rowJson(version), source, commit, data, files, tags, gated: gated === null ? null : gatedJson(gated) };
}

function rowJson(version: VersionSummary): Record<string, unknown> {
  const { name, stage, aliases, gate, approvals, author, created, description, runId, runName } = version;
  const told = { name, version: version.version, stage, aliases, gate, approvals, author, created };
  return { ...told, run_id: runId, run_name: runName, description };
}

function gatedJson({ gate, approvals, from, waivers, moves }: NonNullable<VersionDetail['gated']>): object {
  return {
    gate: gate === null ? null : keptJson(gate),
    approvals: approvals.map(approvalJson),
    from,
    waivers: waivers.map(waiverJson),
    moves: { promote: refusalsJson(moves.promote), approve: refusalsJson(moves.approve) },
  };
}

function keptJson({ report, time, actor, digest, outdated, predictions }: KeptGate): object {
  const place = predictions === null ? null : { run_id: predictions.runId, path: predictions.path };
  return { time, by: actor, digest, outdated, predictions: place, report: gateJson(report) };
}

function approvalJson({ person, verdict, comment, time, expires, void: why }: Approval): object {
  return { person, verdict, comment, time, expires, void: why };
}

function waiverJson({ rule, person, reason, time, expires, void: why }: Waiver): object {
  return { rule, person, reason, time, expires, void: why };
}

function refusalsJson(refusals: readonly Refusal[]): object[] {
  return refusals.map(({ rule, why }) => ({ id: rule, why }));
}
