// Long preparations say what they are doing and for how long: a live line on a terminal, plain lines elsewhere.
import { StepError } from './shell.mjs';

/** Runs `work()` under a line `title … elapsed`; returns its result. A failure is marked and thrown on. */
export async function step(title, work) {
  const started = Date.now();
  const isLive = process.stdout.isTTY === true;
  const show = (mark, end) =>
    process.stdout.write(`${isLive ? '\r\x1b[2K' : ''}${mark} ${title} (${elapsed(started)})${end}`);
  const ticker = setInterval(() => (isLive ? show('…', '') : show('…', '\n')), isLive ? 1000 : 30_000);
  if (isLive) show('…', '');
  try {
    const result = await work();
    clearInterval(ticker);
    show('✓', '\n');
    return result;
  } catch (error) {
    clearInterval(ticker);
    show('✗', '\n');
    throw error;
  }
}

/** Runs a script's main function: a StepError ends it with its sentence and exit code 1, anything else with its stack. */
export async function runMain(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    process.exitCode = 1;
    if (!(error instanceof StepError)) throw error;
    if (error.detail) console.error(error.detail);
    console.error(error.message);
  }
}

function elapsed(started) {
  const seconds = (Date.now() - started) / 1000;
  return seconds < 60 ? `${seconds.toFixed(1)} s` : `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
}
