// slipway promote MODEL@V --to STAGE|@ALIAS
import type { Command } from 'commander';
import { SlipwayError } from '../base/errors';
import type { EngineClient } from '../client/engine-client';
import { isProtected } from '../protocol/models/protection';
import {
  type DecisionAnswer,
  type KeptGate,
  type MoveTarget,
  versionStages,
} from '../protocol/models/registry/model-version';
import type { CliContext, CommonOptions } from './context';
import { type Decider, decide, type NamedVersion, namedVersion } from './decision';
import { runJob } from './job';

interface PromoteOptions extends CommonOptions {
  to: string;
}

/** Adds `promote`, which moves a version to a stage or an alias. */
export function registerPromoteCommand(program: Command, context: CliContext): void {
  program
    .command('promote <version>')
    .description(
      'move a version, MODEL@V, to a stage or give it an alias. Where that is protected its gate has to pass, which is run ' +
        'first if the version was not judged as it is now, and enough people have to agree: else exit 1, with the id of each ' +
        'rule that refuses. Who you are is what git config user.email says: it is kept as said, and not proved',
    )
    .requiredOption('--to <place>', `a stage (${versionStages.join(', ')}), or @ALIAS`)
    .option('--workspace <dir>', 'the workspace')
    .option('--json', 'print JSON')
    .action((version: string, options: PromoteOptions) => promote(context, version, options));
}

async function promote(context: CliContext, named: string, options: PromoteOptions): Promise<void> {
  const version = namedVersion(named);
  const to = moveTarget(options.to);
  const where = 'stage' in to ? to.stage : `@${to.alias}`;
  await decide(context, options, {
    name: version.name,
    ask: (client, by) => judgedAndMoved(context, options, { client, by, version, to }),
    past: `moved to ${where}`,
    advises: true,
    more: { to: where },
  });
}

function moveTarget(text: string): MoveTarget {
  if (text.startsWith('@') && text.length > 1) return { alias: text.slice(1) };
  const stage = versionStages.find((each) => each === text.toLowerCase());
  if (stage !== undefined) return { stage };
  const aliases = text === '' || text === '@' ? '@ALIAS' : `@${text} for an alias`;
  throw new SlipwayError('invalid', `There is no stage ${text}: write ${versionStages.join(', ')}, or ${aliases}.`);
}

async function judgedAndMoved(
  context: CliContext,
  options: PromoteOptions,
  { client, by, version, to }: { client: EngineClient; by: Decider; version: NamedVersion; to: MoveTarget },
): Promise<DecisionAnswer> {
  const { name } = version;
  const found = await client.api.registry.version.query({ ...version, identity: by.identity });
  const { version: number, gate, stage, aliases } = found;
  // What an alias names may be another version when the gate is done.
  const move = { ...by, name, version: number, to };
  const isThere = 'stage' in to ? to.stage === stage : aliases.includes(to.alias);
  const isUnknown = gate === 'unjudged' || gate === 'outdated';
  if (!isThere && isUnknown && (await needsDecision(client, name, to))) {
    await runJob<KeptGate>(context, options, { job: 'model-gate', name, version: number }).catch((error: unknown) => {
      // It cannot be run: the engine says so once more, as a refusal that is kept.
      if (SlipwayError.is(error, 'unavailable')) throw error;
    });
  }
  return client.api.registry.promote.mutate(move);
}

async function needsDecision(client: EngineClient, name: string, to: MoveTarget): Promise<boolean> {
  const { protects } = await client.api.registry.get.query({ name, limit: 1 });
  return isProtected(protects, 'stage' in to ? to.stage : to.alias);
}
