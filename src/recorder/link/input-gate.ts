// Before a recorded command starts: do the data that it names keep their contracts? The engine knows.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { SlipwayError } from '../../base/errors';
import { apiRoute } from '../../protocol/api-route';
import type { LaunchJudgement, NamedVersionInput } from '../../protocol/datasets/launch';
import type { WorkspaceLayout } from '../../protocol/folder/layout';
import { traceOf } from '../capture/file-traces';
import type { RunRequest } from '../run-request';
import type { EngineLink } from './engine-link';

/** Milliseconds in which even large data are read and checked. */
const patience = 30 * 60_000;
/** After which it is said what is waited for. */
const silence = 1500;
/** Files of an input that are looked at, and how often data that are still being written are checked again. */
const mostFiles = 200_000;
const tries = 3;
/** Milliseconds in which an engine says that it is up, where slipway.yaml names no contract. */
const firstAnswer = 1500;

const unchecked = 'The contracts of the inputs could not be checked, because no engine said in time how they are.';
const advice = 'To start all the same, say why: --override REASON';

/** What the gate works with; `tell` says a sentence on the terminal. */
export interface GateParts {
  layout: WorkspaceLayout;
  engine: EngineLink;
  runId: string;
  tell: (sentence: string) => void;
}

/**
 * Inputs that may be used: `paths`, and versions of datasets. `unchecked` says what could not be checked; `areStill` whether
 * they are what was checked.
 */
export interface PassedInputs {
  unchecked?: string;
  paths: string[];
  versions: NamedVersionInput[];
  /** True where they fail, and a reason was given. */
  isOverridden: boolean;
  areStill: () => boolean;
}

/** Said of data that were changed between the check and the start. */
export const changedInputs = 'The command was not started, because its data changed after they were checked.';

/**
 * Throws SlipwayError `not-found` for an input that is neither there nor a dataset, `conflict` when a check of severity error fails and no reason to go on was given, or the data do not
 * hold still.
 */
export async function passInputs(
  { inputs, override }: Pick<RunRequest, 'inputs' | 'override'>,
  parts: GateParts,
): Promise<PassedInputs> {
  const paths = inputs.filter((input) => existsSync(resolve(input)));
  const named = inputs.filter((input) => !paths.includes(input));
  const isFree = paths.length === 0 || !(await mayHaveContracts(parts));
  if (named.length === 0 && isFree) return { paths, versions: [], isOverridden: false, areStill: () => true };
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const before = lookOf(paths);
    const found = await judged({ paths, named, override }, parts);
    // With a reason the data need not be those that were checked.
    const areStill = (): boolean => override !== null || lookOf(paths) === before;
    if (areStill()) return { ...found, paths, areStill };
  }
  throw new SlipwayError('conflict', `The command was not started, because its data are being written. ${advice}`);
}

/** How all files of the inputs look from outside: another text once anything was written or put in their place. */
function lookOf(inputs: readonly string[]): string {
  return inputs.map((path) => traceOf(resolve(path), mostFiles) ?? '').join('\n');
}

async function judged(
  { paths, named, override }: { paths: string[]; named: string[]; override: string | null },
  { layout, engine, runId, tell }: GateParts,
): Promise<Pick<PassedInputs, 'unchecked' | 'versions' | 'isOverridden'>> {
  const address = engine.address();
  const waiting = setTimeout(() => tell('the contracts of the inputs are checked before the command starts.'), silence);
  const { loopbackRequest } = await import('./loopback-request');
  const body = JSON.stringify({ runId, inputs: paths.map((path) => resolve(path)), named, reason: override });
  const request = { method: 'POST', path: `${apiRoute}/datasets.judgeLaunch`, body, timeout: patience } as const;
  const text = address === undefined ? undefined : await loopbackRequest({ ...address, ...request });
  clearTimeout(waiting);
  const judgement = text === undefined ? undefined : judgementIn(text);
  if (judgement === undefined && named.length > 0) throw new SlipwayError('not-found', absent(named[0] ?? ''));
  if (judgement === undefined && override === null && namesContract(layout))
    throw new SlipwayError('unavailable', `${unchecked} ${advice}`);
  if (judgement === undefined) return { unchecked, versions: [], isOverridden: false };
  if (judgement.mayBegin) return { versions: judgement.versions, isOverridden: judgement.failing.length > 0 };
  if (judgement.missing.length > 0)
    throw new SlipwayError('not-found', `The command was not started. ${judgement.missing.join(' ')}`);
  throw new SlipwayError('conflict', refusal(judgement));
}

function absent(input: string): string {
  return `The command was not started: ${input} is not there, and no engine said in time whether it is a dataset.`;
}

/**
 * Datasets keep their contracts when slipway.yaml is gone or names them no more: the engine knows. Where it names none, no
 * command has to wait for an engine that is away.
 */
async function mayHaveContracts({ layout, engine }: GateParts): Promise<boolean> {
  return namesContract(layout) || engine.isUp(firstAnswer);
}

function namesContract({ config }: WorkspaceLayout): boolean {
  try {
    return statSync(config).isFile() && readFileSync(config, 'utf8').includes('contract');
  } catch {
    return false;
  }
}

function judgementIn(text: string): LaunchJudgement | undefined {
  try {
    const { result } = JSON.parse(text) as { result?: { data?: LaunchJudgement } };
    return result?.data;
  } catch {
    return undefined;
  }
}

function refusal({ failing }: LaunchJudgement): string {
  const lines = failing.flatMap(({ dataset, version, failures }) => {
    const name = version === null ? dataset : `${dataset}@${version.slice(0, 12)}`;
    return [`  ${name}`, ...failures.map((failure) => `    ${failure}`)];
  });
  return [
    'The command was not started, because its data fail their contract.',
    ...lines,
    `Mend the data or the contract. ${advice}`,
  ].join('\n');
}
