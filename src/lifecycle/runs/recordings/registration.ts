// A recording becomes a run. Whatever is wrong with its experiment or params, the run itself is kept.
import { messageOf } from '../../../base/errors';
import type { RecordingSpec } from '../../../protocol/recording/recording-files';
import { isOwnTag } from '../../../protocol/runs/run-tag';
import type { KeyValue } from '../batch';
import { defaultExperimentId } from '../experiments/experiment';
import { checkedParam, checkedTag } from '../rules/validation';
import type { RunsService } from '../service';
import type { RecordingStore } from './store';

const lastResort = 'Recorded runs';

/** Creates the run of `spec` with its params and tags, in the caller's transaction. */
export function registerRun(spec: RecordingSpec, runs: RunsService, store: RecordingStore): void {
  const problems = [...spec.problems];
  const experimentId = experimentOf(spec, runs, problems);
  const params = sound(spec.params, checkedParam, 'param', problems);
  const tags = sound(spec.tags, checkedTag, 'tag', problems);
  const { run } = runs.createRun({
    runId: spec.runId,
    experimentId,
    userId: spec.user,
    startTime: spec.startTime,
    tags: tags.filter((tag) => tag.key !== 'mlflow.runName'),
    recorded: true,
    ...(spec.name === null ? {} : { name: spec.name }),
  });
  if (params.length > 0) runs.logBatch(spec.runId, { params });
  store.insert({
    run,
    recorderPid: spec.recorderPid,
    recorderMark: spec.recorderMark,
    spec: JSON.stringify(spec),
    problems: JSON.stringify(problems),
  });
}

/** The experiment asked for, else the default one, else one made for such runs. */
function experimentOf(spec: RecordingSpec, runs: RunsService, problems: string[]): string {
  const wanted = spec.experiment ?? spec.experimentId;
  const choices = [
    ...(wanted === null ? [] : [() => (spec.experiment === null ? wanted : runs.ensureExperiment(wanted))]),
    () => defaultExperimentId,
    () => runs.ensureExperiment(lastResort),
  ];
  for (const choose of choices) {
    try {
      return runs.experiments.active(choose()).experimentId;
    } catch (error) {
      if (wanted === null || problems.some((each) => each.startsWith('The experiment '))) continue;
      problems.push(`The experiment ${wanted} could not be used, so another was. ${messageOf(error)}`);
    }
  }
  return runs.createExperiment({ name: `${lastResort} ${spec.runId}` });
}

function cutProblem(what: string, given: string, kept: string): string {
  const [all, first] = [given, kept].map((text) => Array.from(text).length.toLocaleString('en'));
  return `The value of the ${what} has ${all} characters; the first ${first} were kept.`;
}

function sound(
  pairs: Record<string, string>,
  check: (pair: KeyValue, path: string) => KeyValue,
  word: string,
  problems: string[],
): KeyValue[] {
  return Object.entries(pairs).flatMap(([key, value]) => {
    try {
      const kept = check({ key, value }, '');
      // What the recorder adds by itself, such as the whole command as MLflow's source name, is in the spec as well.
      if (kept.value !== value && isOwnTag({ key })) problems.push(cutProblem(`${word} ${key}`, value, kept.value));
      return [kept];
    } catch (error) {
      problems.push(`The ${word} ${key} was left out. ${messageOf(error)}`);
      return [];
    }
  });
}
