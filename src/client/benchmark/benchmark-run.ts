// A benchmark kept as a run of the workspace, so that it is listed and compared like any other.
import { userInfo } from 'node:os';
import type { Benchmark, BenchmarkCell } from '../../protocol/inference/benchmark/benchmark';
import type { EngineClient } from '../engine-client';
import { namedExperiment } from '../tracking/named-experiment';
import { trackingAsk } from '../tracking/tracking-requests';

const experimentName = 'benchmarks';

/** Creates the run, finished, with the whole benchmark as its file `benchmark.json`. Throws the engine's SlipwayError. */
export async function keepBenchmark(client: EngineClient, benchmark: Benchmark, started: number): Promise<string> {
  const ask = trackingAsk(client, 'The benchmark was not kept');
  const experimentId = await namedExperiment(ask, experimentName);
  const { run } = await ask<{ run: { info: { run_id: string } } }>('runs/create', {
    experiment_id: experimentId,
    run_name: benchmark.model,
    start_time: started,
    user_id: userInfo().username,
    tags: [{ key: 'slipway.kind', value: 'benchmark' }],
  });
  const runId = run.info.run_id;
  const timestamp = Date.now();
  await ask('runs/log-batch', {
    run_id: runId,
    metrics: metricsOf(benchmark).map(([key, value]) => ({ key, value, timestamp, step: 0 })),
    params: paramsOf(benchmark).map(([key, value]) => ({ key, value })),
  });
  const text = new TextEncoder().encode(`${JSON.stringify(benchmark, undefined, 2)}\n`);
  await client.putArtifact(
    runId,
    'benchmark.json',
    (async function* () {
      yield text;
    })(),
  );
  await ask('runs/update', { run_id: runId, status: 'FINISHED', end_time: Date.now() });
  return runId;
}

/** Latencies in milliseconds; their names say the batch and the threads. */
function metricsOf({ cells, memory, loadMilliseconds, modelBytes }: Benchmark): [string, number][] {
  const ofCell = ({ batch, threads, first, latency, rowsPerSecond }: BenchmarkCell): [string, number][] => {
    const place = `batch_${batch}/threads_${threads}`;
    const { p50, p90, p95, p99, max } = latency;
    return [
      ...Object.entries({ p50, p90, p95, p99 }).map(([name, value]): [string, number] => [
        `latency_${name}_ms/${place}`,
        value,
      ]),
      [`max_ms/${place}`, max],
      [`first_ms/${place}`, first],
      [`rows_per_second/${place}`, rowsPerSecond],
    ];
  };
  return [
    ...cells.flatMap(ofCell),
    ['load_ms', loadMilliseconds],
    ['memory_bytes', memory.most],
    ['model_bytes', modelBytes],
  ];
}

function paramsOf({ model, input, environment }: Benchmark): [string, string][] {
  return [
    ['model', model],
    ['input', input],
    ...Object.entries(environment).map(([key, value]): [string, string] => [key, String(value)]),
  ];
}
