// Where the run ran, with what, and how busy it was.
import { isMachineMetric } from '../../../src/protocol/machine-metric';
import type { EnvironmentState, MetricSummary, RunDetail } from '../../../src/protocol/run';
import type { BucketSeries } from '../../../src/protocol/series';
import { bytesText, countText, numberText } from '../../../src/protocol/wording';
import { Sparkline } from '../../kit/chart/sparkline';
import { Link } from '../../kit/controls';
import { useHost } from '../../kit/host/host-context';
import { useLive } from '../../kit/host/live';
import { Section } from '../../kit/section';
import { Fact } from './facts';
import { Packages } from './packages';

const buckets = 80;
const most = 8;

/** Interpreter, packages, processor and memory; nothing at all for a run that only logged. */
export function Machine({ run, metrics }: { run: RunDetail; metrics: readonly MetricSummary[] }) {
  const system = metrics.filter(({ key }) => isMachineMetric(key)).slice(0, most);
  const { recording } = run;
  const host = useHost();
  if (recording === null && system.length === 0) return null;
  return (
    <Section
      title="Machine"
      answer={recording === null ? undefined : environmentWords(run, recording.environment)}
      acts={
        recording?.environment && (
          <Link label="Open as Text" onAct={() => void host.command('run.openEnvironment', null)} />
        )
      }
    >
      {recording?.environment?.problem && <p className="note">{recording.environment.problem}</p>}
      <Usage run={run} metrics={system} />
      {recording !== null && (
        <dl className="facts">
          <Fact name="host" value={`${recording.host.hostname}, ${recording.host.platform} ${recording.host.arch}`} />
          <Fact
            name="hardware"
            value={`${countText(recording.host.cores, 'core')}, ${bytesText(recording.host.memory)} memory`}
          />
          {recording.environment?.interpreter && (
            <Fact name="interpreter" value={recording.environment.interpreter} isCode />
          )}
        </dl>
      )}
      {recording?.environment && recording.environment.packages.length > 0 && (
        <Packages packages={recording.environment.packages} />
      )}
    </Section>
  );
}

function Usage({ run, metrics }: { run: RunDetail; metrics: readonly MetricSummary[] }) {
  const { runId, state } = run;
  const keys = metrics.map(({ key }) => key);
  const live = useLive<BucketSeries[]>({
    key: keys.length === 0 ? '' : `${runId} ${keys.join(' ')}`,
    rest: 2000,
    load: (host, signal) => host.query('metrics.buckets', { runId, keys, axis: 'relative', buckets }, signal),
  });
  return metrics.map((metric) => {
    const { name, value } = usageWords(metric, state === 'running');
    return (
      <div key={metric.key} className="usage" title={metric.key}>
        <span className="quiet cut">{name}</span>
        <Sparkline series={live.value?.find(({ key }) => key === metric.key)} tone="neutral" />
        <span className="number">{value}</span>
      </div>
    );
  });
}

const usageNames: Record<string, string> = {
  cpu: 'CPU',
  cpu_percent: 'CPU',
  cpu_utilization_percentage: 'CPU',
  memory: 'Memory',
  memory_bytes: 'Memory',
  memory_mb: 'Memory',
  memory_megabytes: 'Memory',
  rss_bytes: 'Memory',
  system_memory_usage_megabytes: 'Memory, machine',
  system_memory_usage_percentage: 'Memory, machine',
};

/**
 * Name and value of a machine metric, with its unit read from its name: the value now, or of a run that has ended, which
 * uses nothing any more, the highest.
 */
function usageWords(metric: MetricSummary, isNow: boolean): { name: string; value: string } {
  const short = metric.key.replace(/^system\//, '');
  const usual = usageNames[short] ?? short.replaceAll('_', ' ');
  const name = isNow ? usual : `${usual}, peak`;
  const value = isNow ? metric.last : (metric.max ?? metric.last);
  if (typeof value !== 'number') return { name, value: numberText(value) };
  if (/percent/.test(short)) return { name, value: `${Math.round(value)} %` };
  if (/bytes$/.test(short) && !/megabytes$/.test(short)) return { name, value: bytesText(value) };
  if (/(megabytes|_mb)$/.test(short)) return { name, value: bytesText(value * 1e6) };
  return { name, value: numberText(value) };
}

function environmentWords(run: RunDetail, environment: EnvironmentState | null): string {
  if (environment === null) return run.state === 'running' ? 'being read' : 'unknown';
  if (environment.problem !== null) return 'environment unknown';
  const version = environment.version === null ? 'no interpreter' : `Python ${environment.version}`;
  return `${version}, ${countText(environment.packages.length, 'package')}`;
}
