// All that is known of a run as named lines in sections: what a comparison puts side by side.
import { l10n } from 'vscode';
import type { EngineClient } from '../../client/engine-client';
import { everyPage } from '../../protocol/every-page';
import type { WireNumber } from '../../protocol/number';
import { commandText } from '../../protocol/recording/command-line';
import type { RunDetail } from '../../protocol/run';
import { isOwnTag } from '../../protocol/runs/run-tag';
import { durationText, stateWord, timeText } from '../../protocol/wording';

const metricPage = 1000;
/** A metric name each: beyond these a comparison in text is no help. */
const mostMetrics = 5000;

/** Section → name → value, each in the order to show. */
export type RunFacts = Map<string, Map<string, string>>;

/** Asks for a run and puts it into facts. Throws SlipwayError `not-found` for a run there is none of. */
export async function runFacts(client: EngineClient, runId: string): Promise<RunFacts> {
  const run = await client.api.runs.get.query({ runId });
  return new Map([
    [l10n.t('Run'), overview(run)],
    [l10n.t('Parameters'), sorted(run.params.map(({ key, value }) => [key, value]))],
    [l10n.t('Metrics, last value'), await metrics(client, runId)],
    // MLflow's own tags repeat what other sections say; the note has an editor of its own.
    [l10n.t('Tags'), sorted(run.tags.filter(isOwnTag).map(({ key, value }) => [key, value]))],
    [l10n.t('Data'), data(run)],
    [l10n.t('Code'), code(run)],
    [l10n.t('Environment'), environment(run)],
  ]);
}

function overview(run: RunDetail): Map<string, string> {
  const now = Date.now();
  return new Map([
    [l10n.t('name'), run.name],
    [l10n.t('experiment'), run.experimentName],
    [l10n.t('state'), stateWord(run.state).toLowerCase()],
    [l10n.t('started'), timeText(run.startTime, now)],
    [l10n.t('took'), run.endTime === null ? l10n.t('not ended') : durationText(run.endTime - run.startTime)],
    [l10n.t('run ID'), run.runId.slice(0, 8)],
    ...(run.recording === null ? [] : [[l10n.t('command'), commandText(run.recording.command)] as [string, string]]),
  ]);
}

async function metrics(client: EngineClient, runId: string): Promise<Map<string, string>> {
  const values: [string, string][] = [];
  for await (const { items } of everyPage((page) =>
    client.api.metrics.list.query({ runId, limit: metricPage, page }),
  )) {
    values.push(...items.map(({ key, last }): [string, string] => [key, exactText(last)]));
    if (values.length >= mostMetrics) break;
  }
  return sorted(values);
}

/** All digits: two values that look alike rounded would be called the same. */
function exactText(value: WireNumber): string {
  return String(value).replaceAll('-', '−');
}

function data(run: RunDetail): Map<string, string> {
  const logged = run.datasets.map(({ name, context, digest }): [string, string] => [
    context === null ? name : `${name} (${context})`,
    digest,
  ]);
  const files = (run.recording?.inputs ?? []).map(({ path, sha256, problem }): [string, string] => [
    path,
    sha256 === null ? (problem ?? l10n.t('unknown')) : sha256.slice(0, 16),
  ]);
  return sorted([...logged, ...files]);
}

function code(run: RunDetail): Map<string, string> {
  const git = run.recording?.git ?? null;
  if (git === null) return new Map();
  const changed = git.dirty === null ? l10n.t('unknown') : String(git.changes.length + git.untracked.length);
  return new Map([
    [l10n.t('commit'), git.commit ?? git.problem ?? l10n.t('unknown')],
    [l10n.t('branch'), git.branch ?? l10n.t('none')],
    [l10n.t('uncommitted files'), changed],
  ]);
}

function environment(run: RunDetail): Map<string, string> {
  const { environment: state = null, host } = run.recording ?? {};
  const machine: [string, string][] =
    host === undefined ? [] : [[l10n.t('machine'), `${host.hostname}, ${host.cpu}, ${host.platform} ${host.arch}`]];
  const interpreter: [string, string][] =
    state === null ? [] : [[l10n.t('Python'), state.version ?? l10n.t('unknown')]];
  const packages = sorted((state?.packages ?? []).map(({ name, version }) => [name, version]));
  return new Map([...machine, ...interpreter, ...packages]);
}

function sorted(entries: [string, string][]): Map<string, string> {
  return new Map(entries.sort(([a], [b]) => a.localeCompare(b)));
}
