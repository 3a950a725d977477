// The part of the API that compares runs and gives the evidence behind a comparison.
import { RunCode } from '../../lifecycle/runs/comparison/code/run-code';
import { Relations } from '../../lifecycle/runs/comparison/relations/relations';
import type { MetricRules } from '../../lifecycle/runs/reading/metric-direction';
import { RecordingView } from '../../lifecycle/runs/recordings/recording-view';
import type { EngineApi } from '../../protocol/api';
import type { EvidenceApi } from '../../protocol/comparison/evidence/evidence-api';
import type { RelationsApi } from '../../protocol/comparison/relations';
import type { Services } from '../services';
import type { ComparisonQuestions } from './comparison-given';
import { RunComparer } from './run-comparer';

/** `silence`: milliseconds after which a run that says nothing is no longer known to run. */
export function comparingApi(
  services: Services,
  silence: number,
): EvidenceApi &
  RelationsApi &
  Pick<EngineApi, 'compareRuns' | 'compareProgress' | 'repeatsOf' | 'changedCode' | 'codeFile'> {
  const { runArtifacts, config, layout, readers, databasePath: database } = services;
  const rules = (): MetricRules => config.current().config.metrics;
  const relations = new Relations({ readers, rules, now: Date.now, silence });
  const code = new RunCode(new RecordingView(services.opened.database, layout));
  const comparer = new RunComparer(runArtifacts);
  const ask = <What extends keyof ComparisonQuestions>(
    asked: { what: What; request: ComparisonQuestions[What]['request'] },
    signal: { readonly aborted: boolean } | undefined,
  ): Promise<ComparisonQuestions[What]['answer']> => {
    const surroundings = { root: layout.root, database, silence, config: config.current().config };
    // The request's own signal, of which the protocol, being clean of any runtime, knows less.
    return comparer.ask(asked, surroundings, signal as AbortSignal | undefined);
  };
  return {
    changedCode: (before, after) => code.changed(before, after),
    codeFile: (runId, path) => code.file(runId, path),
    compareProgress: (request) => comparer.progress(request),
    compareRuns: (request, signal) => ask({ what: 'comparison', request }, signal),
    repeatsOf: (request, signal) => ask({ what: 'repeats', request }, signal),
    predictionEvidence: (request, signal) => ask({ what: 'evidence', request }, signal),
    flippedExamples: (request, signal) => ask({ what: 'examples', request }, signal),
    filePairs: (request, signal) => ask({ what: 'files', request }, signal),
    tablePair: (request, signal) => ask({ what: 'table', request }, signal),
    relationValues: (query) => relations.relationValues(query),
    importance: (query) => relations.importance(query),
    filePreview: ({ runId, path }) => comparer.preview(runId, path),
  };
}
