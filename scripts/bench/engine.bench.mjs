// How fast an engine is there, and what it costs while nobody asks for anything.
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { run } from '../setup/shell.mjs';
import { built, inWorkspace, median, slipway } from './workspace.mjs';

export const benches = [
  { name: 'engine spawn to /health, median of 20', unit: 'ms', bar: 300, measure: spawnToHealth },
  {
    name: 'idle engine after 60 s: resident memory',
    unit: 'MB',
    bar: 130,
    measure: () => idle().then((is) => is.memory),
  },
  { name: 'idle engine after 60 s: processes', unit: '', bar: 1, measure: () => idle().then((is) => is.processes) },
  { name: 'idle engine after 60 s: inotify watches', unit: '', bar: 8, measure: () => idle().then((is) => is.watches) },
];

function spawnToHealth() {
  return inWorkspace(async (folder) => {
    await slipway(folder, ['init']);
    await slipway(folder, ['engine', 'stop']);
    const times = [];
    for (let round = 0; round < 20; round += 1) times.push(await spawnOnce(folder));
    return median(times);
  });
}

/** From spawn to the first 200 of /health, asked at the address that the engine keeps. */
async function spawnOnce(folder) {
  const started = performance.now();
  const child = spawn(process.execPath, [built('engine.js'), '--workspace', folder], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const line = await new Promise((resolve, reject) => {
    child.stdout.once('data', (data) => resolve(String(data)));
    child.once('exit', (code) => reject(new Error(`The engine ended with ${code} before it answered.`)));
  });
  const { url } = JSON.parse(line);
  if (!url) throw new Error(`The engine said ${line}`);
  await health(url);
  const took = performance.now() - started;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
  return took;
}

function health(url) {
  return new Promise((resolve, reject) => {
    const asked = request(`${url}/health`, (answer) => {
      answer.resume();
      if (answer.statusCode === 200) answer.once('end', resolve);
      else reject(new Error(`/health answered ${answer.statusCode}.`));
    });
    asked.once('error', reject);
    asked.end();
  });
}

let measured;

/** Measured once for its three benches: memory in MB, processes and their inotify watches. */
function idle() {
  measured ??= inWorkspace(async (folder) => {
    const { pid } = JSON.parse(await slipway(folder, ['engine', 'start', '--json']));
    await delay(60_000);
    const children = (await run('ps', ['-A', '-o', 'ppid=,pid=']))
      .split('\n')
      .filter((line) => Number(line.trim().split(/\s+/)[0]) === pid);
    const kilobytes = Number((await run('ps', ['-o', 'rss=', '-p', String(pid)])).trim());
    return { memory: kilobytes / 1024, processes: 1 + children.length, watches: countWatches(pid) };
  });
  return measured;
}

/** Linux tells; elsewhere 0. A watcher of the whole tree would hold one watch per folder. */
function countWatches(pid) {
  if (process.platform !== 'linux') return 0;
  const isInotify = (fd) => readlinkSync(`/proc/${pid}/fd/${fd}`).includes('inotify');
  const infos = readdirSync(`/proc/${pid}/fd`)
    .filter(isInotify)
    .map((fd) => readFileSync(`/proc/${pid}/fdinfo/${fd}`, 'utf8'));
  return infos
    .join('\n')
    .split('\n')
    .filter((line) => line.startsWith('inotify ')).length;
}
