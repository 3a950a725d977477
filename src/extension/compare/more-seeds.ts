// The same trainings with other seeds, one after the other, so that a comparison learns what the choice of a seed does.
import { randomBytes } from 'node:crypto';
import { l10n, ProgressLocation, window } from 'vscode';
import { SlipwayError } from '../../base/errors';
import type { CompareCommands } from '../../protocol/comparison/compare-panel';
import { fewestPairs } from '../../protocol/comparison/fewest-runs';
import {
  furtherSeeds,
  type SeededCommand,
  type SideSeeds,
  seededCommand,
  seedsOfRun,
  unpairedSeeds,
} from '../../protocol/comparison/seeded-command';
import type { RunDetail } from '../../protocol/run';
import { countText } from '../../protocol/wording';
import type { EngineSession } from '../session/engine-session';
import { recordedDefinition } from '../tasks/recorded-definition';
import type { RunDefinition } from '../tasks/run-definition';
import type { RunTasks } from '../tasks/run-tasks';

/** The tag by which the runs of one order are found again. */
const orderTag = 'slipway.seeds';
const mostSeeds = 50;

/** A training whose command names its seed, and the seeds of its side. */
interface Seeded extends SideSeeds {
  run: RunDetail;
  command: SeededCommand;
}

/**
 * Asks how many, and runs them. Returns the ids of the new runs, none when the user turned away. Throws SlipwayError
 * `invalid` when a side has no command that names its seed.
 */
export async function runMoreSeeds(
  { session, tasks }: { session: EngineSession; tasks: RunTasks },
  asked: CompareCommands['compare.moreSeeds'],
): Promise<string[]> {
  const sides = await Promise.all(asked.sides.map((runIds) => seededOf(session, runIds, asked.names)));
  const count = await askCount(sides);
  if (count === undefined) return [];
  const order = randomBytes(6).toString('hex');
  const seeds = furtherSeeds(sides, count);
  const definitions = sides.flatMap((side, place) =>
    (seeds[place] ?? []).map((seed) => definitionOf(session, side, { seed, order })),
  );
  await runInTurn({ session, tasks }, definitions);
  const found = await session.requireClient().api.runs.query.query({ filter: `tags.\`${orderTag}\` = '${order}'` });
  return found.items.map(({ run_id: runId }) => runId);
}

async function seededOf(session: EngineSession, runIds: readonly string[], names: readonly string[]): Promise<Seeded> {
  const { runs: reader, comparison } = session.requireClient().api;
  const read = (ids: readonly string[]): Promise<RunDetail[]> =>
    Promise.all(ids.map((runId) => reader.get.query({ runId })));
  const runs = await read(runIds);
  const found = runs.flatMap((run) => {
    const command = seededCommand(run.recording?.command ?? [], names);
    return command === undefined ? [] : [{ run, command }];
  });
  const [first] = found;
  if (first === undefined) {
    const name = runs[0]?.name ?? '';
    throw new SlipwayError(
      'invalid',
      l10n.t(
        '{0} cannot be run with other seeds from here: no command of it is recorded that names its seed, as in --seed 0.',
        name,
      ),
    );
  }
  const repeats = await read(await comparison.repeats.query({ runId: first.run.runId }));
  const seedsOf = (of: readonly RunDetail[]): Set<number> => new Set(of.flatMap((run) => seedsOfRun(run, names)));
  return { ...first, compared: seedsOf(runs), taken: seedsOf(repeats) };
}

/** So many that an exact test of one metric can decide, and that no run stays without its partner. */
function proposedCount(sides: readonly SideSeeds[]): number {
  const [first, ...others] = sides;
  const paired = [...(first?.compared ?? [])].filter((seed) => others.every(({ compared }) => compared.has(seed)));
  const wanted = Math.max(1, unpairedSeeds(sides).length, fewestPairs(1) - paired.length);
  return Math.min(mostSeeds, wanted);
}

async function askCount(sides: readonly Seeded[]): Promise<number | undefined> {
  const names = sides.map(({ run }) => run.name).join(l10n.t(' and '));
  const text = await window.showInputBox({
    title: l10n.t('More seeds of {0}', names),
    prompt: l10n.t(
      'How many more seeds of both? They run one after the other, the same seeds on each side, with the code as it is now.',
    ),
    value: String(proposedCount(sides)),
    ignoreFocusOut: true,
    validateInput: (value) =>
      /^\d+$/.test(value.trim()) && Number(value) >= 1 && Number(value) <= mostSeeds
        ? undefined
        : l10n.t('A whole number from 1 to {0}', mostSeeds),
  });
  return text === undefined ? undefined : Number(text);
}

function definitionOf(
  session: EngineSession,
  { run, command }: Seeded,
  { seed, order }: { seed: number; order: string },
): RunDefinition {
  const recorded = recordedDefinition(session, run);
  return {
    ...recorded,
    command: command.withSeed(seed),
    // Said here as well: a training that logs no params would not be known as a repeat.
    params: { ...recorded.params, [command.name]: String(seed) },
    tags: { ...recorded.tags, [orderTag]: order },
  };
}

/** A training that runs is not stopped by Cancel; no further one begins. */
async function runInTurn(
  { session, tasks }: { session: EngineSession; tasks: RunTasks },
  definitions: readonly RunDefinition[],
): Promise<void> {
  const title = l10n.t('Running {0}', countText(definitions.length, l10n.t('more seed'), l10n.t('more seeds')));
  const options = { location: ProgressLocation.Notification, title, cancellable: true };
  await window.withProgress(options, async (progress, token) => {
    for (const [place, definition] of definitions.entries()) {
      if (token.isCancellationRequested) return;
      progress.report({
        message: l10n.t('{0} of {1}', place + 1, definitions.length),
        increment: 100 / definitions.length,
      });
      const code = await tasks.runToEnd(session, definition);
      if (code !== 0)
        throw new SlipwayError('invalid', l10n.t('A run with another seed failed, so no further one was begun.'));
    }
  });
}
