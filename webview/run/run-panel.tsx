// The run panel: the sentence, then the evidence; what led to it at the side.
import { useCallback, useMemo } from 'react';
import { isMachineMetric } from '../../src/protocol/machine-metric';
import type { NoteDraft, RunPanelBoot, RunPanelState, ShownTrace } from '../../src/protocol/panel';
import type { MetricSummary, RunDetail } from '../../src/protocol/run';
import { useEngine } from '../kit/host/engine';
import { HostError } from '../kit/host/host';
import { useHost } from '../kit/host/host-context';
import { useLive } from '../kit/host/live';
import { type KeptChoices, KeptChoicesContext } from '../kit/kept/kept-choice';
import { useKeptState } from '../kit/kept/kept-state';
import { Failure, type FailureWords, Loading, StaleBanner } from '../kit/trouble';
import { RunChangesContext, useChangedRun } from './changes/run-changes';
import { MetricEvidence } from './charts/metric-evidence';
import { ChildrenSection } from './children/children-section';
import { Code } from './context/code';
import { Data } from './context/data';
import { Machine } from './context/machine';
import { Parameters } from './context/parameters';
import { FilesSection } from './files/files-section';
import { Header } from './head/header';
import { Opening } from './head/opening';
import { TrashBanner } from './head/trash-banner';
import { useKeptScroll } from './kept-scroll';
import { type RunMetrics, useMetrics } from './metrics/load-metrics';
import { OutputSection } from './output/output-section';
import { firstState } from './panel-state';
import { TracesSection } from './traces/traces-section';
import { Note } from './words/note';
import { noteOf } from './words/note-saving';
import { Tags } from './words/tags';

const none: readonly string[] = [];
const failureWords: FailureWords = {
  gone: 'This run is not in the workspace',
  goneHelp: 'It was deleted, or its database was replaced. Other runs are not affected; this tab can be closed.',
  failed: 'This run could not be read',
  failedHelp: 'What was recorded is kept.',
};

/** One run; follows it while it is on screen. */
export function RunPanel({ boot }: { boot: RunPanelBoot }) {
  const host = useHost();
  const engine = useEngine(boot.engine);
  const [state, change] = useKeptState(host, (kept) => firstState(boot, kept));
  const { runId } = boot;
  const detail = useLive<RunDetail>({
    key: runId,
    rest: 1000,
    load: (from, signal) => from.query('runs.get', { runId }, signal),
  });
  const metrics = useMetrics(runId, state.charts?.flat() ?? none);
  const { run, changes } = useChangedRun(runId, detail);
  const choices = useChoices(state.open, change);
  if (isGone(detail.error)) return <Failure error={detail.error} words={failureWords} />;
  if (run === undefined || metrics.value === undefined) {
    const error = detail.error ?? metrics.error;
    const isWaiting = error === undefined || (error instanceof HostError && error.code === 'unavailable');
    return isWaiting ? (
      <Loading engine={engine} doing="Reading the run" />
    ) : (
      <Failure error={error} words={failureWords} />
    );
  }
  const isStale = engine.state !== 'running';
  return (
    <RunChangesContext value={changes}>
      <main className="panel" aria-busy={isStale} data-vscode-context={JSON.stringify({ runId, folder: boot.folder })}>
        <Header run={run} lastStep={lastStepOf(metrics.value.items)} />
        {isStale && <StaleBanner engine={engine} time={Math.max(detail.time, metrics.time)} />}
        {run.deletedTime !== null && (
          <TrashBanner since={run.deletedTime} onRestore={() => changes.change({ deleted: false }, 'Restored.')} />
        )}
        <Opening run={run} metrics={metrics.value.items} />
        <KeptChoicesContext value={choices}>
          <Body run={run} metrics={metrics.value} state={state} change={change} />
        </KeptChoicesContext>
      </main>
    </RunChangesContext>
  );
}

function isGone(error: Error | undefined): error is HostError {
  return error instanceof HostError && error.code === 'not-found';
}

interface BodyProps {
  run: RunDetail;
  metrics: RunMetrics;
  state: RunPanelState;
  change: (part: Partial<RunPanelState>) => void;
}

function Body({ run, metrics, state, change }: BodyProps) {
  useKeptScroll(state.scroll, change);
  const { runId } = run;
  const canChange = run.deletedTime === null;
  const onTrace = useCallback((trace: ShownTrace | null) => change({ trace }), [change]);
  const onDraft = useDraft(change);
  return (
    <div className="columns">
      <div className="evidence">
        <ChildrenSection runId={runId} count={run.childCount} />
        <MetricEvidence run={run} metrics={metrics} state={state} change={change} />
        <TracesSection runId={runId} shown={state.trace} onShow={onTrace} />
        <OutputSection run={run} />
      </div>
      <aside className="context" aria-label="What led to it">
        <Parameters params={run.params} />
        <Data run={run} />
        <Code run={run} />
        <Machine run={run} metrics={metrics.items} />
        <FilesSection runId={runId} models={run.models} canReveal={run.artifactUri.startsWith('file://')} />
        <Tags tags={run.tags} canChange={canChange} />
        <Note runId={runId} text={noteOf(run)} canChange={canChange} draft={state.noteDraft} onDraft={onDraft} />
      </aside>
    </div>
  );
}

/** Keeps a note that is being written with the tab, and with the run for when the tab is closed. */
function useDraft(change: BodyProps['change']): (draft: NoteDraft | null) => void {
  const host = useHost();
  return useCallback(
    (noteDraft) => {
      change({ noteDraft });
      // The tab has it, whatever becomes of the other.
      host.command('note.keep', noteDraft).catch(() => undefined);
    },
    [host, change],
  );
}

function useChoices(chosen: RunPanelState['open'], change: BodyProps['change']): KeptChoices {
  return useMemo(
    () => ({ chosen, choose: (name, isOpen) => change({ open: { ...chosen, [name]: isOpen } }) }),
    [chosen, change],
  );
}

function lastStepOf(metrics: readonly MetricSummary[]): number | null {
  const own = metrics.filter(({ key, count }) => !isMachineMetric(key) && count > 1);
  return own.length === 0 ? null : Math.max(...own.map(({ lastStep }) => lastStep));
}
