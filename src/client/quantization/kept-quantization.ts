// What was measured, kept with the recorded run that quantized: numbers to compare, the model, its predictions, the report.
import { createReadStream, existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Quantization } from '../../protocol/inference/quantization/quantization';
import type { EngineClient } from '../engine-client';
import { trackingAsk } from '../tracking/tracking-requests';

/** Throws the engine's SlipwayError. */
export async function keepQuantization(
  client: EngineClient,
  runId: string,
  { quantization, output, scratch }: { quantization: Quantization; output: string; scratch: string },
): Promise<void> {
  const ask = trackingAsk(client, 'No model was written, because what was measured could not be kept');
  const timestamp = Date.now();
  await ask('runs/log-batch', {
    run_id: runId,
    metrics: metricsOf(quantization).map(([key, value]) => ({ key, value, timestamp, step: 0 })),
  });
  await client.putArtifact(runId, `model/${basename(quantization.output)}`, createReadStream(output));
  const beside = `${quantization.output}.data`;
  if (existsSync(join(scratch, beside)))
    await client.putArtifact(runId, `model/${beside}`, createReadStream(join(scratch, beside)));
  const predictions = join(scratch, 'after.parquet');
  if (existsSync(predictions)) await client.putArtifact(runId, 'predictions.parquet', createReadStream(predictions));
  const text = new TextEncoder().encode(`${JSON.stringify(quantization, undefined, 2)}\n`);
  await client.putArtifact(runId, 'quantization.json', bytesOf(text));
}

async function* bytesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Bytes and milliseconds; the answers' differences in the unit of the output. */
function metricsOf({ bytes, latency, answers, accuracy, loadMilliseconds }: Quantization): [string, number][] {
  const both = (name: string, { before, after }: { before: number | null; after: number | null }): [string, number][] =>
    Object.entries({ before, after }).flatMap(([when, value]): [string, number][] =>
      value === null ? [] : [[`${name}/${when}`, value]],
    );
  const largest = answers?.outputs.flatMap(({ most }) => most ?? []) ?? [];
  return [
    ...both('size_bytes', bytes),
    ['size_ratio', bytes.after / Math.max(1, bytes.before)],
    ...both('load_ms', loadMilliseconds),
    ...latency.flatMap(({ rows, p50, p95 }) => [
      ...both(`latency_p50_ms/rows_${rows}`, p50),
      ...both(`latency_p95_ms/rows_${rows}`, p95),
    ]),
    ...(accuracy?.metrics.flatMap(({ metric, baseline, candidate }) =>
      both(metric, { before: baseline, after: candidate }),
    ) ?? []),
    ...(answers?.same == null ? [] : [['agreement', answers.same / answers.rows.rows] as [string, number]]),
    ...(largest.length === 0 ? [] : [['max_abs_difference', Math.max(...largest)] as [string, number]]),
  ];
}
