// Every verb but `run`. Exit codes: 0 ok; 1 a check that says no; 2 a warning; 3 usage or error, one sentence on stderr.
import { Command, CommanderError } from 'commander';
import { messageOf } from '../base/errors';
import { slipwayVersion } from '../base/version';
import { asSlipwayError } from '../client/engine-client';
import { registerArtifactsCommands } from './artifacts';
import { registerBackupCommand } from './backup';
import { registerCheckCommand } from './check';
import { registerCompareCommand } from './compare';
import { CliContext } from './context';
import { registerContractCommands } from './contract';
import { registerDatasetCommands } from './dataset';
import { registerDiffCommand } from './diff';
import { registerDoctorCommand } from './doctor';
import { registerDriftCommand } from './drift';
import { registerEngineCommands } from './engine';
import { registerEnvCommand } from './env';
import { registerExportCommand } from './export';
import { registerGcCommand } from './gc';
import { registerImportCommand } from './import';
import { registerInitCommand } from './init';
import { registerInspectCommand } from './inspect';
import { registerMetricsCommand } from './metrics';
import { registerPredictCommand } from './predict';
import { registerProfileCommand } from './profile';
import { registerRunsCommands } from './runs';
import { registerSqlCommand } from './sql';

const failed = 3;

function createProgram(): Command {
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
  registerInitCommand(program, context);
  registerEngineCommands(program, context);
  registerEnvCommand(program, context);
  registerDoctorCommand(program, context);
  registerRunsCommands(program, context);
  registerMetricsCommand(program, context);
  registerCheckCommand(program, context);
  registerContractCommands(program, context);
  registerCompareCommand(program, context);
  registerDriftCommand(program, context);
  registerProfileCommand(program, context);
  registerDiffCommand(program, context);
  registerDatasetCommands(program, context);
  registerInspectCommand(program, context);
  registerPredictCommand(program, context);
  registerArtifactsCommands(program, context);
  registerBackupCommand(program, context);
  registerExportCommand(program, context);
  registerGcCommand(program, context);
  registerImportCommand(program, context);
  registerSqlCommand(program, context);
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
    await createProgram().parseAsync([...argv]);
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

void main(process.argv);
