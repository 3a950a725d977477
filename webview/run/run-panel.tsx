// The run panel: the sentence, then the evidence; what led to it at the side.
import { useCallback, useEffect, useMemo, useState } from 'react';
import { isMachineMetric } from '../../src/protocol/machine-metric';
import type { NoteDraft, PanelEngine, RunPanelBoot, RunPanelState, ShownTrace } from '../../src/protocol/panel';
import type { MetricSummary, RunDetail } from '../../src/protocol/run';
import { HostError } from '../kit/host/host';
import { useHost } from '../kit/host/host-context';
import { useLive } from '../kit/host/live';
import { type KeptChoices, KeptChoicesContext } from '../kit/kept-choice';
import { RunChangesContext, useChangedRun } from './changes/run-changes';
import { MetricEvidence } from './charts/metric-evidence';
import { Code } from './context/code';
import { Data } from './context/data';
import { Machine } from './context/machine';
import { Parameters } from './context/parameters';
import { FilesSection } from './files/files-section';
import { Header } from './head/header';
import { Opening } from './head/opening';
import { Failure, Loading, StaleBanner, TrashBanner } from './head/trouble';
import { useKeptScroll } from './kept-scroll';
import { type RunMetrics, useMetrics } from './metrics/load-metrics';
import { OutputSection } from './output/output-section';
import { usePanelState } from './panel-state';
import { TracesSection } from './traces/traces-section';
import { Note } from './words/note';
import { noteOf } from './words/note-saving';
import { Tags } from './words/tags';

const none: readonly string[] = [];

/** One run; follows it while it is on screen. */
export function RunPanel({ boot }: { boot: RunPanelBoot }) {
  const host = useHost();
  const engine = useEngine(boot.engine);
  const [state, change] = usePanelState(host, boot);
  const { runId } = boot;
  const detail = useLive<RunDetail>({
    key: runId,
    rest: 1000,
    load: (from, signal) => from.query('runs.get', { runId }, signal),
  });
  const metrics = useMetrics(runId, state.charts?.flat() ?? none);
  const { run, changes } = useChangedRun(runId, detail);
  const choices = useChoices(state.open, change);
  const isGone = detail.error instanceof HostError && detail.error.code === 'not-found';
  if (isGone) return <Failure error={detail.error ?? new Error()} />;
  if (run === undefined || metrics.value === undefined) {
    const error = detail.error ?? metrics.error;
    const isWaiting = error === undefined || (error instanceof HostError && error.code === 'unavailable');
    return isWaiting ? <Loading engine={engine} /> : <Failure error={error} />;
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
  const onDraft = useCallback((noteDraft: NoteDraft | null) => change({ noteDraft }), [change]);
  return (
    <div className="columns">
      <div className="evidence">
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

function useEngine(first: PanelEngine): PanelEngine {
  const host = useHost();
  const [engine, setEngine] = useState(first);
  useEffect(
    () =>
      host.listen((event) => {
        if (event.type === 'engine') setEngine(event);
      }),
    [host],
  );
  return engine;
}
