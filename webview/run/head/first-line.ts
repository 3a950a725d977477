// The first sentence of a run panel: what the logged numbers say, and nothing they do not.
import { isMachineMetric } from '../../../src/protocol/machine-metric';
import type { MetricSummary, RunDetail } from '../../../src/protocol/run';
import { countText, durationText, numberText } from '../../../src/protocol/wording';
import type { IconName } from '../../kit/icon';
import { bestOf } from '../metric/metric-best';
import { stateTone } from './state-tone';

/** A sentence that could be pasted into a review, and one that supports it. */
export interface FirstLine {
  icon: IconName;
  tone: string;
  sentence: string;
  support: string;
}

/** The signals of somebody who asked the run to stop; their names say no more than "stopped" does. */
const askedToStop = new Set(['SIGTERM', 'SIGINT']);

/** What is to be said of a run whose metrics are `metrics`, at the time `now`. */
export function firstLine(run: RunDetail, metrics: readonly MetricSummary[], now: number): FirstLine {
  const base = { icon: run.state, tone: stateTone[run.state] } as const;
  const took = durationText((run.endTime ?? now) - run.startTime);
  const leading = leadingMetric(run, metrics);
  if (run.state === 'failed' || run.state === 'killed') return { ...base, ...endedEarly(run, took, metrics) };
  if (run.state === 'unknown') return { ...base, ...(run.deletedTime === null ? silent(metrics) : thrownAway) };
  if (run.state === 'queued') return { ...base, sentence: 'Waiting to start', support: '' };
  const isRunning = run.state === 'running';
  if (leading === undefined && run.childCount > 0) {
    const how = isRunning ? 'Running' : `Finished after ${took}`;
    return { ...base, sentence: `${how}, with ${countText(run.childCount, 'child run')}`, support: '' };
  }
  if (leading === undefined) {
    const sentence = isRunning ? 'Running, with no metric yet' : `Finished after ${took}, with no metric`;
    return { ...base, sentence, support: isRunning ? 'Metrics appear here as they are logged.' : '' };
  }
  const tail = isRunning ? 'Provisional while running.' : '';
  if (typeof leading.last === 'string') {
    const sentence = `${leading.key} is ${numberText(leading.last)} at step ${stepText(leading.lastStep)}`;
    return { icon: 'caution', tone: 'caution', sentence, support: `${nonFiniteShare(leading)} ${tail}`.trim() };
  }
  return { ...base, ...progress(leading, isRunning, tail) };
}

/** The headline metric; else the first with a direction; else the first; system metrics never. */
function leadingMetric(run: RunDetail, metrics: readonly MetricSummary[]): MetricSummary | undefined {
  const own = metrics.filter(({ key }) => !isMachineMetric(key));
  return (
    own.find(({ key }) => key === run.headline?.key) ?? own.find(({ direction }) => direction !== 'none') ?? own[0]
  );
}

function progress(
  metric: MetricSummary,
  isRunning: boolean,
  provisional: string,
): { sentence: string; support: string } {
  const last = numberText(metric.last);
  const best = bestOf(metric);
  const tail = [metric.nonFinite > 0 ? nonFiniteShare(metric) : '', provisional].filter(Boolean).join(' ');
  if (metric.count === 1) return { sentence: `${metric.key} is ${last}`, support: tail };
  const lastStep = stepText(metric.lastStep);
  if (metric.min === metric.max && metric.nonFinite === 0) {
    const sentence = isRunning ? `${metric.key} has stayed at ${last} so far` : `${metric.key} stayed at ${last}`;
    return { sentence, support: tail };
  }
  if (best === undefined) {
    return { sentence: `${metric.key} is ${last} at step ${lastStep}`, support: tail };
  }
  if (best.value === metric.last) {
    // Of equal values the first is the best, as in the table.
    const where = best.step === metric.lastStep ? ` at step ${lastStep}` : `, first at step ${stepText(best.step)}`;
    const how = isRunning ? 'is at its best so far' : 'ended at its best';
    return { sentence: `${metric.key} ${how}: ${last}${where}`, support: tail };
  }
  const sentence = `${metric.key} was best at step ${stepText(best.step)}: ${numberText(best.value)}`;
  const now = isRunning ? `It is ${last} now, at step ${lastStep}.` : `It ended at ${last}, at step ${lastStep}.`;
  return { sentence, support: `${now} ${tail}`.trim() };
}

function endedEarly(run: RunDetail, took: string, metrics: readonly MetricSummary[]) {
  const { exitCode, signal, lost } = run.recording ?? { exitCode: null, signal: null, lost: null };
  const how =
    exitCode !== null
      ? ` with exit code ${exitCode}`
      : signal !== null && !askedToStop.has(signal)
        ? ` by ${signal}`
        : '';
  const word = run.state === 'failed' ? 'Failed' : 'Stopped';
  const leading = leadingMetric(run, metrics);
  const kept =
    leading === undefined
      ? 'It had logged no metric.'
      : `What it logged is kept: ${leading.key} ${numberText(leading.last)} at step ${stepText(leading.lastStep)}.`;
  return { sentence: `${word} after ${took}${how}`, support: lost === null ? kept : `${lost} ${kept}` };
}

function silent(metrics: readonly MetricSummary[]) {
  const heard = Math.max(0, ...metrics.map(({ lastTime }) => lastTime));
  const since = heard === 0 ? '' : ` since ${new Date(heard).toLocaleTimeString('en-GB')}`;
  return {
    sentence: `Nothing heard from this run${since}`,
    support: 'It is known only by what it logged, so whether its process still runs cannot be told.',
  };
}

const thrownAway = {
  sentence: 'It had not ended when it went to the trash',
  support: 'What its training logs to it there is refused.',
};

function nonFiniteShare(metric: MetricSummary): string {
  const count = metric.nonFinite.toLocaleString('en-US');
  return `${count} of ${countText(metric.count, 'value')} ${metric.nonFinite === 1 ? 'is' : 'are'} not finite.`;
}

function stepText(step: number): string {
  return step.toLocaleString('en-US');
}
