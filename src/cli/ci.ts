// slipway ci github|gitlab|jenkins
import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { Readable } from 'node:stream';
import type { Command } from 'commander';
import { SlipwayError } from '../base/errors';
import { slipwayVersion } from '../base/version';
import { writeWholeFile } from '../client/files/whole-file';
import { withGateProcess } from '../client/gate/gate-process';
import { type CiServer, ciServers, type GateJob, workflowOf } from './ci-workflow';
import type { CliContext, CommonOptions } from './context';
import { ownRows } from './gate';

interface CiOptions extends CommonOptions {
  file: string;
  model: string;
  data?: string;
  branch: string;
  package: string;
  warningsPass: boolean;
  print?: boolean;
  force?: boolean;
}

/** Adds `ci`, which writes the job that gates a model on a CI server. */
export function registerCiCommand(program: Command, context: CliContext): void {
  program
    .command('ci <server>')
    .description(
      'write the job for github, gitlab or jenkins that runs slipway gate on every change: against the model and the rules of ' +
        'the branch it goes to, with the report as a comment, a summary or a test report. Nothing but Node and the tarball ' +
        'of `npm pack` is needed there',
    )
    .requiredOption('--file <model>', 'the .onnx file in the repository')
    .requiredOption('--model <name>', 'the entry of models in slipway.yaml whose rules count')
    .option('--data <table>', 'the holdout, where slipway.yaml does not name its file')
    .option('--branch <name>', 'the branch whose model and rules it is held against', 'main')
    .option('--package <file>', 'where the tarball lies in the repository', `ci/slipway-${slipwayVersion}.tgz`)
    .option('--no-warnings-pass', 'stop the job also where only rules that do not block are not met')
    .option('--print', 'print it and write nothing')
    .option('--force', 'write over a file that is there')
    .option('--workspace <dir>', 'the folder of slipway.yaml (default: the nearest one upwards)')
    .option('--json', 'print JSON')
    .action((server: string, options: CiOptions) => ci(context, serverNamed(server), options));
}

/** Throws SlipwayError `invalid` with those there are. */
function serverNamed(word: string): CiServer {
  const known = Object.keys(ciServers) as CiServer[];
  const found = known.find((each) => each === word);
  if (found !== undefined) return found;
  const sentence = `There is no job for ${word} yet: it is written for ${known.join(', ')}. The shell steps of \`slipway ci jenkins --print\` run on any server.`;
  throw new SlipwayError('invalid', sentence);
}

async function ci(context: CliContext, server: CiServer, options: CiOptions): Promise<void> {
  const root = context.layout(options).root;
  const repository = repositoryOf(root);
  const { model, branch, warningsPass } = options;
  const job: GateJob = {
    ...{ model, branch, package: options.package, warningsPass },
    file: inside(repository, options.file),
    data: options.data === undefined ? null : inside(repository, options.data),
    folder: relative(repository, root).split(sep).join('/'),
  };
  for (const text of Object.values(job)) if (typeof text === 'string') requirePlain(text);
  await requireRules(context, root, options);
  const text = workflowOf(server, job);
  const place = join(repository, ciServers[server].file);
  const lack = packageLine(repository, options);
  if (options.print) {
    if (lack !== null) process.stderr.write(`slipway: ${lack}\n`);
    return context.print(options, { file: place, text }, text);
  }
  if (existsSync(place) && !options.force) {
    const sentence = `${place} is there already. Print the job with --print and put it in, or write over the file with --force.`;
    throw new SlipwayError('already-exists', sentence);
  }
  await writeWholeFile(place, Readable.from([text]));
  const warnings = warningsPass
    ? 'Rules that only warn do not stop the job (--no-warnings-pass: they do).'
    : 'Rules that only warn stop the job too.';
  const steps = [`Wrote ${place}.`, ...(lack === null ? [] : [lack]), warnings];
  context.print(options, { file: place, package: options.package }, steps.join('\n'));
}

/** What is to be done where the tarball is not there yet. */
function packageLine(repository: string, options: CiOptions): string | null {
  if (existsSync(join(repository, options.package))) return null;
  return `It installs ${options.package}, which is not there yet: make it with \`npm pack\` in Slipway's folder, and commit it there.`;
}

/** A job without rules, or without data that a clone has, could only fail. Throws SlipwayError with what is missing. */
async function requireRules(context: CliContext, folder: string, { model, data }: CiOptions): Promise<void> {
  const { bundle } = context.ensureOptions;
  const plan = await withGateProcess({ bundle }, (process) => process.ask('gatePlan', { folder, model, base: null }));
  if (data === undefined && plan.holdout !== null) ownRows(plan, plan.holdout, { folder, named: plan });
}

/** The nearest folder upwards with a repository; the folder itself where there is none. */
function repositoryOf(root: string): string {
  for (let folder = root; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder;
    if (dirname(folder) === folder) return root;
  }
}

function inside(repository: string, file: string): string {
  const path = relative(repository, resolve(file)).split(sep).join('/');
  if (!path.startsWith('..') && existsSync(resolve(file))) return path;
  throw new SlipwayError('not-found', `There is no file ${file} in ${repository}.`);
}

/** The words stand in YAML, in Groovy and in a shell at once: what has a meaning in any of them is refused. */
function requirePlain(text: string): void {
  if (/^[\p{L}\p{N}_./@+=, -]*$/u.test(text) && !/^-|(^|\/)-/.test(text)) return;
  throw new SlipwayError('invalid', `${text} holds signs that have a meaning of their own in CI files. Rename it.`);
}
