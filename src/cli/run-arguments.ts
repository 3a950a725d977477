// The command line of `slipway run`, read by hand: it must cost nothing.
import { SlipwayError } from '../base/errors';
import { saysSomething } from '../base/visible-text';
import type { RunRequest } from '../recorder/run-request';

/** What `slipway run --help` prints; what only the editor passes (`--words`, `--shown-as`, `--debugged`) is not in it. */
export const runUsage = `Usage: slipway run [options] -- COMMAND…

Records a command as a run: its output, exit code, metrics, code, environment, inputs and outputs.

  --experiment E        experiment to record in; made when there is none
  --name N              name of the run
  --input PATH          file or folder the command reads, or DATASET@VERSION; repeat for more
  --output PATH         file or folder the command writes; repeat for more
  --param K=V           parameter; repeat for more
  --tag K=V             tag; repeat for more
  --override REASON     start although an input fails its contract; the reason is kept
  --no-stdout-metrics   do not read metric lines from stdout
  --workspace DIR       the workspace; default: the nearest parent that is one
  --json                print {"run_id","status","exit_code"}; the command's output goes to stderr

Metrics are lines of JSON that the command prints, each an object with an integer "step" and otherwise finite
numbers: {"step": 1, "loss": 0.5}. Lines appended to the file that $SLIPWAY_METRICS names may hold NaN too.

The command's own exit code is passed on: 128 + n when a signal ended it, 125 when Slipway itself failed.
`;

const valued = new Set(['experiment', 'name', 'input', 'output', 'param', 'tag', 'override', 'shown-as', 'workspace']);

/** Reads the words after `slipway run`; undefined when help is asked for. Throws SlipwayError `invalid`. */
export function parseRunArguments(given: readonly string[]): RunRequest | undefined {
  const words = unpacked(given);
  const request: RunRequest = {
    workspace: undefined,
    json: false,
    experiment: null,
    name: null,
    inputs: [],
    outputs: [],
    params: {},
    tags: {},
    override: null,
    stdoutMetrics: true,
    debugged: false,
    command: [],
  };
  let at = 0;
  for (; at < words.length; at++) {
    const word = words[at] ?? '';
    if (word === '--') {
      at += 1;
      break;
    }
    if (!word.startsWith('-')) break;
    if (word === '--help' || word === '-h') return undefined;
    if (takeSwitch(request, word)) continue;
    const [option, inline] = splitOption(word);
    const value = inline ?? words[++at];
    if (value === undefined) throw usage(`--${option} needs a value.`);
    takeValue(request, option, value);
  }
  request.command = words.slice(at);
  if (request.command.length === 0)
    throw usage('No command was given. Put it after --, as in slipway run -- python train.py');
  return request;
}

/** The words that `--words=JSON` or `--words JSON` holds; it stands alone. */
function unpacked(given: readonly string[]): readonly string[] {
  const [first = ''] = given;
  if (first !== '--words' && !first.startsWith('--words=')) return given;
  const [text, ...more] = first === '--words' ? given.slice(1) : [first.slice('--words='.length), ...given.slice(1)];
  if (text === undefined || more.length > 0) throw usage('--words is given one JSON array, and nothing beside it.');
  return readWords('words', text);
}

function takeSwitch(request: RunRequest, word: string): boolean {
  if (word === '--json') request.json = true;
  else if (word === '--debugged') request.debugged = true;
  else if (word === '--no-stdout-metrics') request.stdoutMetrics = false;
  else return false;
  return true;
}

function splitOption(word: string): [option: string, value: string | undefined] {
  const equals = word.indexOf('=');
  const option = word.slice(2, equals === -1 ? undefined : equals);
  if (!word.startsWith('--') || !valued.has(option)) {
    throw usage(`There is no option ${word}. A command that begins with a dash stands after --`);
  }
  return [option, equals === -1 ? undefined : word.slice(equals + 1)];
}

function takeValue(request: RunRequest, option: string, value: string): void {
  if (value.trim() === '') throw usage(`--${option} needs a value that is not empty.`);
  if (option === 'experiment' || option === 'name' || option === 'workspace') request[option] = value;
  else if (option === 'override') {
    if (!saysSomething(value)) throw usage('--override needs a reason: say why in words.');
    if (value.trim().startsWith('-')) throw usage(`--override needs a reason in words, and ${value} is none.`);
    request.override = value;
  } else if (option === 'input') request.inputs.push(value);
  else if (option === 'output') request.outputs.push(value);
  else if (option === 'shown-as') request.shownAs = readWords('shown-as', value);
  else takePair(request, option, value);
}

function readWords(option: string, text: string): string[] {
  try {
    const words: unknown = JSON.parse(text);
    if (Array.isArray(words) && words.length > 0 && words.every((word) => typeof word === 'string')) return words;
  } catch {
    // Said below.
  }
  throw usage(`--${option} is a JSON array of words, as in '["python","train.py"]', not ${text}`);
}

function takePair(request: RunRequest, option: string, text: string): void {
  const equals = text.indexOf('=');
  if (equals < 1) throw usage(`--${option} is written KEY=VALUE, not ${text}`);
  const [key, value] = [text.slice(0, equals), text.slice(equals + 1)];
  const pairs = option === 'param' ? request.params : request.tags;
  if (Object.hasOwn(pairs, key)) {
    throw usage(`The ${option} ${key} was given twice: ${pairs[key]} and ${value}. Give it once.`);
  }
  // Not a plain assignment: a key may be called __proto__.
  Object.defineProperty(pairs, key, { value, enumerable: true, configurable: true, writable: true });
}

function usage(sentence: string): SlipwayError {
  return new SlipwayError('invalid', sentence);
}
