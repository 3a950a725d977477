// What a comparing thread answers, by what it was asked.
import { SlipwayError } from '../../base/errors';
import { examplePage } from '../../lifecycle/runs/comparison/evidence/example-page';
import { pairFiles } from '../../lifecycle/runs/comparison/evidence/file-pairs';
import { predictionEvidence } from '../../lifecycle/runs/comparison/evidence/prediction-evidence';
import { tablePair } from '../../lifecycle/runs/comparison/evidence/table-pair';
import type { OnProgress } from '../../lifecycle/runs/comparison/predictions/compared-metric';
import type { OfSides } from '../../lifecycle/runs/comparison/predictions/row-pairs';
import type { ByteSource } from '../../platform/tables/byte-source';
import type {
  ExamplesQuery,
  FilePairsQuery,
  TablePairQuery,
} from '../../protocol/comparison/evidence/evidence-request';
import type { ExamplePage } from '../../protocol/comparison/evidence/example-page';
import type { FileItems } from '../../protocol/comparison/evidence/file-item';
import type { PredictionEvidence } from '../../protocol/comparison/evidence/prediction-evidence';
import type { TablePage } from '../../protocol/comparison/evidence/table-page';
import type { JobPort } from '../jobs/thread/job-port';
import type { ComparisonAsked, ComparisonGiven, ComparisonQuestions } from './comparison-given';
import { compareOnThread, repeatsOnThread } from './run-comparison';
import { RunFiles } from './run-files';

type Answer = ComparisonQuestions[keyof ComparisonQuestions]['answer'];

/** Throws SlipwayError `not-found` for a run or file there is none of, `invalid` for a wish that cannot be met. */
export async function threadAnswer(given: ComparisonGiven, port: JobPort): Promise<Answer> {
  const { asked } = given;
  const files = new RunFiles(port);
  if (asked.what === 'comparison') {
    const onProgress: OnProgress = (what, done, total) => port.progress(what, done, total);
    return compareOnThread(asked.request, given, { files, onProgress });
  }
  if (asked.what === 'repeats') return repeatsOnThread(asked.request, given);
  if (asked.what === 'evidence') return evidenceOf(asked.request, files);
  if (asked.what === 'examples') return examplesOf(asked.request, files);
  if (asked.what === 'files') return filesOf(asked.request, files);
  return tableOf(asked.request, files);
}

async function evidenceOf(
  request: Extract<ComparisonAsked, { what: 'evidence' }>['request'],
  files: RunFiles,
): Promise<PredictionEvidence> {
  const sources = await predictionsOf(request, files);
  return sources === null ? { kind: 'none', problem: null } : predictionEvidence(sources, request);
}

async function examplesOf(request: ExamplesQuery, files: RunFiles): Promise<ExamplePage> {
  const sources = await predictionsOf(request, files);
  if (sources === null) throw new SlipwayError('not-found', 'One of the two runs has no predictions.');
  return examplePage(sources, request);
}

/** Null where a run has none. */
async function predictionsOf(
  { runIds: [before, after], repeats }: Pick<ExamplesQuery, 'runIds' | 'repeats'>,
  files: RunFiles,
): Promise<OfSides<ByteSource> | null> {
  const [baseline, candidate] = [
    await files.allPredictions([before, ...repeats.baseline]),
    await files.allPredictions([after, ...repeats.candidate]),
  ];
  return baseline === undefined || candidate === undefined ? null : { baseline, candidate };
}

async function filesOf({ runIds: [before, after] }: FilePairsQuery, files: RunFiles): Promise<FileItems> {
  const [baseline, candidate] = [await files.list(before), await files.list(after)];
  return pairFiles({ baseline: baseline.files, candidate: candidate.files }, baseline.leftOut + candidate.leftOut);
}

async function tableOf({ runIds, paths, ...question }: TablePairQuery, files: RunFiles): Promise<TablePage> {
  const [before, after] = paths;
  const baseline = before === null ? null : await files.source(runIds[0], before);
  const candidate = after === null ? null : await files.source(runIds[1], after);
  return tablePair({ baseline, candidate }, question);
}
