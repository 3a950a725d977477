// What the verbs that decide over registered models have in common: who decides, about what, and how a refusal is told.
import { SlipwayError } from '../base/errors';
import { saysSomething } from '../base/visible-text';
import type { EngineClient } from '../client/engine-client';
import { requireIdentity } from '../client/registry/identity';
import { ownRefusals } from '../protocol/models/gate/gate-rule';
import type { DecisionAnswer, Refusal } from '../protocol/models/registry/model-version';
import type { CliContext, CommonOptions } from './context';
import { requireRegistry } from './known-registry';
import { oneLine } from './text-table';

/** A version by the name of its model and its number, an alias or `latest`. */
export interface NamedVersion {
  name: string;
  version: string;
}

/** Whoever types, as every decision says it. */
export interface Decider {
  identity: string;
  door: 'command line';
}

interface Decision {
  /** The model it is about. */
  name: string;
  ask: (client: EngineClient, by: Decider) => Promise<DecisionAnswer>;
  past: string;
  advises?: boolean;
  more?: object;
}

/** `NAME@V`. Throws SlipwayError `invalid`. */
export function namedVersion(text: string): NamedVersion {
  const at = text.lastIndexOf('@');
  if (at > 0 && at < text.length - 1) return { name: text.slice(0, at), version: text.slice(at + 1) };
  throw new SlipwayError('invalid', `${text} names no version. Write NAME@3, NAME@ALIAS or NAME@latest.`);
}

/** The name of a model, without a version. Throws SlipwayError `invalid`. */
export function namedModel(text: string): string {
  if (!text.includes('@')) return text;
  throw new SlipwayError('invalid', `${text} names a version. Write the name of the model alone.`);
}

/** A text that a person has to give. Throws SlipwayError `invalid` for one that says nothing. */
export function saidWhy(option: string, text: string): string {
  if (saysSomething(text)) return text.trim();
  throw new SlipwayError('invalid', `Say why with ${option}: it is kept in the audit log.`);
}

/**
 * Asks the engine for a decision, and prints what became of it: exit 1 where a rule refuses. `past`: what is not done then,
 * as in `moved to production`; `advises`: what to do is told too; `more` goes into the JSON.
 * Throws SlipwayError `invalid` where git does not know who decides, and what the engine throws.
 */
export async function decide(
  context: CliContext,
  options: CommonOptions,
  { name: model, ask, past, advises = false, more = {} }: Decision,
): Promise<void> {
  requireRegistry(context, options, model);
  const identity = await requireIdentity(context.layout(options).root);
  const answer = await ask(await context.client(options), { identity, door: 'command line' });
  const { name, version, sentence } = answer;
  const refused = answer.refused.map(({ rule, why }) => ({ id: rule, why }));
  context.print(options, { name, version, ...more, refused, sentence }, decisionText(answer, past, advises));
  if (refused.length > 0) process.exitCode = 1;
}

function decisionText({ name, version, sentence, refused }: DecisionAnswer, past: string, advises: boolean): string {
  if (refused.length === 0) return sentence;
  const subject = version === '' ? name : `${name}@${version}`;
  return [
    `${subject} was not ${past}:`,
    ...refused.map(({ rule, why }) => `  ${rule}: ${oneLine(why, 500)}`),
    ...(advises ? adviceLines({ name, version }, refused) : []),
  ].join('\n');
}

/** What to do about each kind of refusal, once; what a refusal says itself is not said again. */
function adviceLines({ name, version }: NamedVersion, refused: readonly Refusal[]): string[] {
  const own: Readonly<Record<string, [line: string, command: string]>> = {
    gate: ['Judge it as it is now:', `slipway gate ${name}@${version}`],
    approvals: ['Whoever may agrees with:', `slipway approve ${name}@${version}`],
    rules: ['Agree to what changed in slipway.yaml:', `slipway approve ${name} --rules`],
    audit: ['Say that the audit log is what you rely on from here:', 'slipway audit accept --reason …'],
  };
  const rules = new Set(refused.map(({ rule }) => rule));
  const advice = Object.entries(own).flatMap(([rule, [line, command]]) => {
    const isSaid = refused.some(({ why }) => why.includes(command));
    return rules.has(rule) && !isSaid ? [`${line} ${command}`] : [];
  });
  const isJudged = [...rules].some((rule) => !ownRefusals.includes(rule));
  return isJudged ? [...advice, `What its gate found: slipway models show ${name}@${version}`] : advice;
}
