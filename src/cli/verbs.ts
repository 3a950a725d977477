// Every verb but `run`. Exit codes: 0 ok; 1 a check that says no; 2 a warning; 3 usage or error, one sentence on stderr.
import { Command, CommanderError } from 'commander';
import { messageOf } from '../base/errors';
import { slipwayVersion } from '../base/version';
import { asSlipwayError } from '../client/engine-client';
import { CliContext } from './context';

const failed = 3;

/** A verb is loaded when it is asked for: what all of them need takes longer to load than most of them take to answer. */
const verbs: Readonly<Record<string, () => Promise<(program: Command, context: CliContext) => void>>> = {
  init: async () => (await import('./init')).registerInitCommand,
  engine: async () => (await import('./engine')).registerEngineCommands,
  env: async () => (await import('./env')).registerEnvCommand,
  doctor: async () => (await import('./doctor')).registerDoctorCommand,
  runs: async () => (await import('./runs')).registerRunsCommands,
  metrics: async () => (await import('./metrics')).registerMetricsCommand,
  check: async () => (await import('./check')).registerCheckCommand,
  contract: async () => (await import('./contract')).registerContractCommands,
  compare: async () => (await import('./compare')).registerCompareCommand,
  fairness: async () => (await import('./fairness')).registerFairnessCommand,
  drift: async () => (await import('./drift')).registerDriftCommand,
  profile: async () => (await import('./profile')).registerProfileCommand,
  diff: async () => (await import('./diff')).registerDiffCommand,
  dataset: async () => (await import('./dataset')).registerDatasetCommands,
  inspect: async () => (await import('./inspect')).registerInspectCommand,
  predict: async () => (await import('./predict')).registerPredictCommand,
  explain: async () => (await import('./explain')).registerExplainCommand,
  test: async () => (await import('./test-model')).registerTestCommand,
  'bench-model': async () => (await import('./bench-model')).registerBenchModelCommand,
  quantize: async () => (await import('./quantize')).registerQuantizeCommand,
  gate: async () => (await import('./gate')).registerGateCommand,
  register: async () => (await import('./register')).registerRegisterCommand,
  models: async () => (await import('./models')).registerModelsCommands,
  approve: async () => (await import('./approve')).registerApproveCommand,
  reject: async () => (await import('./reject')).registerRejectCommand,
  waive: async () => (await import('./waive')).registerWaiveCommand,
  promote: async () => (await import('./promote')).registerPromoteCommand,
  rollback: async () => (await import('./rollback')).registerRollbackCommand,
  audit: async () => (await import('./audit')).registerAuditCommands,
  ci: async () => (await import('./ci')).registerCiCommand,
  artifacts: async () => (await import('./artifacts')).registerArtifactsCommands,
  backup: async () => (await import('./backup')).registerBackupCommand,
  export: async () => (await import('./export')).registerExportCommand,
  gc: async () => (await import('./gc')).registerGcCommand,
  import: async () => (await import('./import')).registerImportCommand,
  sql: async () => (await import('./sql')).registerSqlCommand,
};

/** All verbs where `verb` is none of them, for the help and for the nearest name. */
async function createProgram(verb: string): Promise<Command> {
  const program = new Command('slipway')
    .description('The machine-learning lifecycle of one folder, in one SQLite file you own.')
    .version(slipwayVersion)
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(usageText(text)) })
    .showSuggestionAfterError();
  program
    .command('run')
    .description('record a command: slipway run [--experiment E] [--name N] -- CMD…')
    .allowUnknownOption();
  const context = new CliContext({ bundle: __dirname, version: slipwayVersion });
  const wanted = Object.hasOwn(verbs, verb) ? [verb] : Object.keys(verbs);
  for (const name of wanted) (await verbs[name]?.())?.(program, context);
  return program;
}

/** What commander says of a command line, with what to do where it does not say so itself. */
function usageText(text: string): string {
  const said = text.trimEnd().replace(/^error: /, 'slipway: ');
  if (said.includes('Did you mean') || said.endsWith('.')) return `${said}\n`;
  return said.includes('unknown command')
    ? `${said}. \`slipway --help\` names them all.\n`
    : `${said}. \`slipway VERB --help\` says what it takes.\n`;
}

async function main(argv: readonly string[]): Promise<void> {
  try {
    await (await createProgram(argv[2] ?? '')).parseAsync([...argv]);
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : failed;
      return;
    }
    process.stderr.write(`slipway: ${messageOf(asSlipwayError(error))}\n`);
    process.exitCode = failed;
  }
}

// A reader that closed the pipe early (`| head`) has had enough; that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
});
// A terminal that was closed hears nothing more; what the work has to clear up is cleared up all the same.
process.stderr.on('error', () => undefined);

void main(process.argv);
