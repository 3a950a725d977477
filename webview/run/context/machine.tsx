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
const most = 12;

/** Interpreter, packages, processor and memory; nothing at all for a run that only logged. */
export function Machine({ run, metrics }: { run: RunDetail; metrics: readonly MetricSummary[] }) {
  const system = metrics
    .filter(({ key }) => isMachineMetric(key))
    .toSorted(byUse)
    .slice(0, most);
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

/** In the order they are shown: what the command uses, then its machine as MLflow's monitor sees it. */
const usageNames: Record<string, string> = {
  cpu: 'CPU',
  cpu_percent: 'CPU',
  memory: 'Memory',
  memory_bytes: 'Memory',
  memory_mb: 'Memory',
  memory_megabytes: 'Memory',
  rss_bytes: 'Memory',
  cpu_utilization_percentage: 'Machine CPU',
  system_memory_usage_megabytes: 'Machine memory',
  system_memory_usage_percentage: 'Machine memory',
  network_receive_megabytes: 'Received',
  network_transmit_megabytes: 'Sent',
  disk_usage_megabytes: 'Disk used',
  disk_usage_percentage: 'Disk used',
  disk_available_megabytes: 'Disk free',
};
const usageOrder = Object.keys(usageNames);
const gpuParts: Record<string, string> = {
  utilization_percentage: '',
  memory_usage_megabytes: ' memory',
  memory_usage_percentage: ' memory',
  power_usage_watts: ' power',
  power_usage_percentage: ' power',
};

function shortOf(metric: MetricSummary): string {
  return metric.key.replace(/^system\//, '');
}

/** `GPU 0 memory`, or another name a reader knows. */
function usageName(short: string): string {
  const [, gpu = '', part = ''] = /^gpu_(\d+)_(\w+)$/.exec(short) ?? [];
  return usageNames[short] ?? (part in gpuParts ? `GPU ${gpu}${gpuParts[part]}` : short.replaceAll('_', ' '));
}

/** What has no usual place, such as GPUs, stands between the command's use and its machine's. */
function byUse(a: MetricSummary, b: MetricSummary): number {
  const other = usageOrder.indexOf('cpu_utilization_percentage') - 0.5;
  const place = (metric: MetricSummary): number => {
    const found = usageOrder.indexOf(shortOf(metric));
    return found < 0 ? other : found;
  };
  return place(a) - place(b);
}

/**
 * Name and value of a machine metric, with its unit read from its name: the value now, or of a run that has ended, which
 * uses nothing any more, the one at its tightest: the highest, and of what is free the lowest.
 */
function usageWords(metric: MetricSummary, isNow: boolean): { name: string; value: string } {
  const short = shortOf(metric);
  const isFree = /available|free/.test(short);
  const isSum = /^network_/.test(short);
  const suffix = isFree ? ', least' : ', peak';
  const name = isNow || isSum ? usageName(short) : usageName(short) + suffix;
  const value = isNow ? metric.last : ((isFree ? metric.min : metric.max) ?? metric.last);
  if (typeof value !== 'number') return { name, value: numberText(value) };
  if (/percent/.test(short)) return { name, value: `${Math.round(value)} %` };
  if (/watts$/.test(short)) return { name, value: `${numberText(value)} W` };
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
