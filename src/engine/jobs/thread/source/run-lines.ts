// A run or model of a foreign store as the rows that a bundle would hold of it.
import type { RunDetails, SourceModel, SourceRun, SourceStore } from '../../../../lifecycle/runs/import/source-run';
import { sourceTags } from '../../../../lifecycle/runs/import/source-tags';
import type { PartLine } from '../../../../workspace/bundle/part-line';
import type { KeptFile } from './kept-files';

/** Longest texts, in characters: as of what is logged. */
const longest = { key: 250, param: 6000, tag: 8000 };

/** What a run becomes here. `experimentId` is the one here, `now` epoch milliseconds. */
export interface LandedAs {
  runId: string;
  experimentId: string;
  now: number;
}

/** The address of a run's files. */
export function runFolder({ runId, experimentId }: LandedAs): string {
  return `${experimentId}/${runId}/artifacts`;
}

/** The rows of a run but for its series. Texts that are too long are cut. */
export function runLines(run: SourceRun, details: RunDetails, as: LandedAs): PartLine[] {
  return [
    [
      'runs',
      {
        run_id: as.runId,
        name: runName(run, details),
        user_id: details.userId,
        status: details.status,
        start_time: wholeTime(details.startTime),
        end_time: details.endTime === null ? null : wholeTime(details.endTime),
        lifecycle_stage: 'active',
        artifact_uri: `mlflow-artifacts:/${runFolder(as)}`,
        recorded: 0,
        last_activity: wholeTime(details.endTime ?? details.startTime),
      },
    ],
    ...uniqueRows('params', details.params, longest.param),
    ...uniqueRows('tags', details.tags, longest.tag),
    ...details.models.map(
      ({ modelId, direction, step }): PartLine => ['run_models', { model_id: modelId, direction, step }],
    ),
    ...details.datasets.flatMap((dataset) => datasetLines(dataset)),
  ];
}

/** What of a run's texts finds no room: what it is, of which the first is, and how many. */
export function cutTexts({ params, tags }: RunDetails): { name: string; why: string; count: number }[] {
  const kinds = [
    { what: 'param', pairs: params, most: longest.param },
    { what: 'tag', pairs: tags, most: longest.tag },
  ];
  return kinds.flatMap(({ what, pairs, most }) => {
    const values = pairs.filter(({ value }) => value.length > most);
    const keys = pairs.filter(({ key }) => key.length > longest.key);
    return [
      { name: `end of a ${what} beyond ${most.toLocaleString('en-US')} characters`, pairs: values },
      { name: `end of a ${what}'s name beyond ${longest.key} characters`, pairs: keys },
    ].flatMap(({ name, pairs: cut }) => {
      const [first] = cut;
      return first === undefined ? [] : [{ name, why: `cut off, of ${first.key.slice(0, 40)}`, count: cut.length }];
    });
  });
}

/** The name a run has here. */
export function runName(run: SourceRun, details: RunDetails): string {
  return cut(details.name, longest.key) || run.identity;
}

/** The tags by which a run remembers its source. */
export function sourceTagLists({ tool, path }: SourceStore, run: SourceRun, state: string): RunDetails['tags'] {
  return [
    { key: sourceTags.tool, value: tool },
    { key: sourceTags.path, value: path },
    { key: sourceTags.run, value: run.identity },
    { key: sourceTags.state, value: state },
  ];
}

/** The rows of a logged model. */
export function modelLines(
  model: SourceModel,
  { row, params, tags, metrics }: ReturnType<SourceModel['read']>,
  experimentId: string,
): PartLine[] {
  const address = `mlflow-artifacts:/${experimentId}/models/${model.modelId}/artifacts`;
  return [
    ['logged_models', { ...row, model_id: model.modelId, artifact_uri: address, lifecycle_stage: 'active' }],
    ...uniqueRows('logged_model_params', params, longest.param),
    ...uniqueRows('logged_model_tags', tags, longest.tag),
    ...metrics.map((each): PartLine => ['logged_model_metrics', each]),
  ];
}

/** The rows of files below a folder of the artifact root. */
export function fileLines(folder: string, files: readonly KeptFile[], now: number): PartLine[] {
  return files.map(({ path, sha256, size }) => ['artifacts', { path: `${folder}/${path}`, sha256, size, time: now }]);
}

/** The last of equal keys counts. */
function uniqueRows(table: string, pairs: RunDetails['tags'], most: number): PartLine[] {
  const values = new Map(pairs.map(({ key, value }) => [cut(key, longest.key), cut(value, most)]));
  return [...values].filter(([key]) => key !== '').map(([key, value]) => [table, { key, value }]);
}

function datasetLines({ tags, ...dataset }: RunDetails['datasets'][number]): PartLine[] {
  const { name, digest, sourceType, source, schema, profile } = dataset;
  return [
    ['run_datasets', { name, digest, source_type: sourceType, source, schema, profile }],
    ...tags.map(({ key, value }): PartLine => ['run_input_tags', { key, value }]),
  ];
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : Array.from(text).slice(0, most).join('');
}

function wholeTime(time: number): number {
  return Number.isFinite(time) ? Math.max(0, Math.round(time)) : 0;
}
