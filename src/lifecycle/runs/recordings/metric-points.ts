// Metric lines as points: what can be logged, and one sentence for each line that cannot.
import { messageOf } from '../../../base/errors';
import { parseMetricLine } from '../../../protocol/recording/metric-line';
import type { MetricInput } from '../batch';
import { checkMetric } from '../rules/validation';
import type { FileLine } from './files/line-reader';

/** The points of one line, or what is wrong with it. `timeOf` is asked when the line carries no time. */
export function pointsOf(line: FileLine, timeOf: () => number): { points: MetricInput[] } | { problem: string } {
  if (line.text === undefined) return { problem: 'is longer than 64 KiB' };
  if (line.text.trim() === '') return { points: [] };
  const parsed = parseMetricLine(line.text);
  if ('problem' in parsed) return parsed;
  const { step, values } = parsed;
  const time = parsed.time ?? timeOf();
  const points = values.map(([key, value]) => ({ key, value, time, step }));
  try {
    for (const point of points) checkMetric(point, () => '');
  } catch (error) {
    return { problem: `was refused: ${messageOf(error)}` };
  }
  return { points };
}
