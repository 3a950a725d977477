// Groups and gaps in words.
import type { Fairness, FairnessGroup, GroupMeasure } from '../../../src/protocol/comparison/fairness';
import { gapNames } from '../../../src/protocol/comparison/fairness-words';
import { countText } from '../../../src/protocol/wording';

/** Three decimals of rates; as many digits as are needed of amounts. A real minus. */
export function rateText(value: number, isRate: boolean): string {
  const text = isRate ? value.toFixed(3) : String(Number(value.toPrecision(3)));
  return text.replace('-', '−');
}

/** `0.31 to 0.52`, or that it cannot be told. */
export function spanText(interval: GroupMeasure['interval'], isRate: boolean): string {
  return interval === null ? 'cannot tell' : interval.map((end) => rateText(end, isRate)).join(' to ');
}

/** What the rows of a group have in common. */
export function groupName({ values }: FairnessGroup): string {
  return values.map((value) => (value === null || value === '' ? '(no value)' : value)).join(', ');
}

/** The first gap with its interval: what stands beside the question. */
export function answerText({ groupings, leastRows }: Fairness): string {
  const [grouping] = groupings;
  const gap = grouping?.disparities.find(({ value }) => value !== null);
  if (grouping === undefined || gap === undefined || gap.value === null) {
    const large = grouping?.groups.filter(({ isEnough }) => isEnough).length ?? 0;
    return `Too small to tell: ${countText(large, 'group')} of ${leastRows} rows or more`;
  }
  const isRate = !/^(mean|mae)/.test(gap.name);
  const sure = gap.interval === null ? '' : ` (${spanText(gap.interval, isRate)})`;
  return `${gapNames[gap.name] ?? gap.name} ${rateText(gap.value, isRate)}${sure}`;
}
