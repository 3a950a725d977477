// Runs compared on a thread: it reads them from the database, and their files through the engine.
import { messageOf, SlipwayError } from '../../base/errors';
import { metricNamed } from '../../base/metric-names';
import { compareRuns, type Evidence, sidesOf } from '../../lifecycle/runs/comparison/compare-runs';
import type { ComparedRun } from '../../lifecycle/runs/comparison/compared-run';
import { type PairedSides, pairSides } from '../../lifecycle/runs/comparison/pairing';
import { compareSides } from '../../lifecycle/runs/comparison/predictions/compare-predictions';
import type { OnProgress } from '../../lifecycle/runs/comparison/predictions/compared-metric';
import type { OfSides } from '../../lifecycle/runs/comparison/predictions/row-pairs';
import { foldCount, repeatsAmong, usualRepeats } from '../../lifecycle/runs/comparison/repeats';
import { likelyRepeats } from '../../lifecycle/runs/comparison/store/likely-repeats';
import { runSizes } from '../../lifecycle/runs/comparison/store/run-sizes';
import { runDetail, runRecords } from '../../lifecycle/runs/reading/store/run-detail';
import { RecordingView } from '../../lifecycle/runs/recordings/recording-view';
import { openForReading } from '../../platform/sqlite/database';
import type { ByteSource } from '../../platform/tables/byte-source';
import type { Comparison } from '../../protocol/comparison/comparison';
import type { RepeatsQuery, RunComparison } from '../../protocol/comparison/comparison-request';
import { listText } from '../../protocol/comparison/comparison-words';
import { WorkspaceLayout } from '../../protocol/folder/layout';
import type { ComparisonGiven } from './comparison-given';
import type { RunFiles } from './run-files';

/** Throws SlipwayError `not-found` for a run there is none of, `invalid` for a wish that cannot be met. */
export async function compareOnThread(
  request: RunComparison,
  given: ComparisonGiven,
  { files, onProgress }: { files: RunFiles; onProgress: OnProgress },
): Promise<Comparison> {
  const { config } = given;
  const seeds = seedsOf(config);
  const runIds = [...new Set(request.runIds)];
  if (runIds.length < 2) throw new SlipwayError('invalid', 'A comparison takes two different runs or more.');
  const { runs, others } = readRuns(runIds, given);
  const { baseline, candidates, copies } = sidesOf(runs, seeds);
  await files.findPredictions(runIds);
  const evidence: Evidence[] = [];
  for (const candidate of candidates) {
    const sides = pairSides(baseline, candidate, seeds);
    const place = candidates.length > 1 ? `${candidate[0]?.name}: ` : '';
    const tell: OnProgress = (what, done, total) => onProgress(`${place}${what}`, done, total);
    evidence.push(await evidenceOf({ candidate, sides }, request, { files, onProgress: tell }));
  }
  if (request.cluster !== null && evidence.every(({ predictions }) => predictions === null)) {
    const sentence = `Nothing could be resampled by ${request.cluster.slice(0, 100)}: that takes predictions of all runs. Leave --cluster out.`;
    throw new SlipwayError('invalid', sentence);
  }
  const question = { metrics: request.metrics, rules: config.metrics, seeds, others, copies };
  const compared = compareRuns(baseline, evidence, question);
  const inTrash = runs.filter(({ deletedTime }) => deletedTime !== null).map(({ name }) => name);
  return { ...compared, inTrash };
}

/** Ids of the finished runs that differ from a run in their seed or fold alone. Throws SlipwayError `not-found`. */
export function repeatsOnThread({ runId }: RepeatsQuery, given: ComparisonGiven): string[] {
  const { runs, others } = readRuns([runId], given);
  return repeatsAmong(others, runs[0], seedsOf(given.config))
    .filter(({ status }) => status === 'FINISHED')
    .map((each) => each.runId);
}

/** The params in which repeats differ. */
function seedsOf(config: ComparisonGiven['config']): readonly string[] {
  return config.comparison?.repeats ?? usualRepeats;
}

/** The runs that were named, and others that may be repeats of them, all as they are at one moment. */
function readRuns(
  runIds: readonly string[],
  { database: path, root, silence, config }: ComparisonGiven,
): { runs: ComparedRun[]; others: ComparedRun[] } {
  const database = openForReading(path);
  try {
    database.exec('BEGIN');
    const recordings = new RecordingView(database, new WorkspaceLayout(root));
    const query = { rules: config.metrics, now: Date.now(), silence };
    const readRun = (runId: string): ComparedRun => ({
      ...runDetail(database, { ...query, runId }),
      ...runSizes(database, runId),
      recording: recordings.find(runId),
      metrics: runRecords(database, { runIds: [runId] })[0]?.metrics ?? {},
    });
    return { runs: runIds.map(readRun), others: likelyRepeats(database, runIds, seedsOf(config)).map(readRun) };
  } finally {
    database.close();
  }
}

/** Runs of which some have predictions and others have none are judged by what they logged. */
async function evidenceOf(
  { candidate, sides }: { candidate: ComparedRun[]; sides: PairedSides },
  { metrics, cluster }: RunComparison,
  { files, onProgress }: { files: RunFiles; onProgress: OnProgress },
): Promise<Evidence> {
  const none = { candidate, sides, predictions: null, problem: null };
  const told = metrics.filter((name) => metricNamed(name) !== undefined);
  if (metrics.length > 0 && told.length === 0) return none;
  // Each fold is of other rows.
  if (foldCount([...sides.baseline, ...sides.candidate]) > 0) return none;
  const found = await predictionsOf(sides, files);
  if (!('sources' in found)) return { ...none, problem: found.problem };
  try {
    const question = { metrics: told, unit: cluster, isPaired: sides.isPaired, onProgress };
    return { ...none, predictions: await compareSides(found.sources, question) };
  } catch (error) {
    // A wish that cannot be met is told as such; a file that is broken leaves what the runs logged.
    if (metrics.length > 0 || cluster !== null || !SlipwayError.is(error)) throw error;
    return { ...none, problem: `The predictions were not judged: ${messageOf(error)}` };
  }
}

async function predictionsOf(
  { baseline, candidate }: PairedSides,
  files: RunFiles,
): Promise<{ sources: OfSides<ByteSource> } | { problem: string | null }> {
  const isSeveral = baseline.length + candidate.length > 2;
  const lacking: string[] = [];
  const read = async (runs: readonly ComparedRun[]): Promise<ByteSource[]> => {
    const sources: ByteSource[] = [];
    for (const { runId, name } of runs) {
      const source = await files.predictions(runId);
      if (source === undefined) lacking.push(name);
      else sources.push(isSeveral ? { ...source, name: `${name}/${source.name}` } : source);
    }
    return sources;
  };
  const sources = { baseline: await read(baseline), candidate: await read(candidate) };
  if (lacking.length === 0) return { sources };
  const count = sources.baseline.length + sources.candidate.length;
  if (count === 0 || !isSeveral) return { problem: null };
  const who =
    lacking.length > 3
      ? `${lacking.length} of the runs have`
      : `${listText(lacking)} ${lacking.length === 1 ? 'has' : 'have'}`;
  return { problem: `Rows were not judged: ${who} no predictions, so the runs are compared by what they logged.` };
}
