// How far the farthest two groups are apart, and what that means.
import type { Disparity, Grouping } from '../../../src/protocol/comparison/fairness';
import { gapMeanings, gapNames, measureHeads } from '../../../src/protocol/comparison/fairness-words';
import { IntervalBar } from '../interval-bar';
import { groupName, rateText, spanText } from './fairness-words';

/** One row a gap; differences of rates and ratios are drawn from 0 to 1. */
export function Gaps({ grouping }: { grouping: Grouping }) {
  const { disparities } = grouping;
  return (
    <table className="figures gaps" aria-label="Between groups">
      <thead>
        <tr>
          <th scope="col">Between groups</th>
          <th scope="col" className="number">
            Value
          </th>
          <th scope="col" className="gap-span">
            95 % interval
          </th>
        </tr>
      </thead>
      <tbody>
        {disparities.map((gap) => (
          <GapRow key={gap.name} gap={gap} grouping={grouping} />
        ))}
      </tbody>
    </table>
  );
}

function GapRow({ gap, grouping }: { gap: Disparity; grouping: Grouping }) {
  const { name, value, interval } = gap;
  const isRate = !/^(mean|mae)/.test(name);
  const where = whereText(gap, grouping);
  return (
    <tr>
      <th scope="row">
        {gapNames[name] ?? name}
        <span className="gap-meaning">
          {gapMeanings[name]} {where}
        </span>
      </th>
      <td className="number">
        <strong>{value === null ? '–' : rateText(value, isRate)}</strong>
      </td>
      <td className="gap-span">
        <span className={interval === null ? 'quiet' : ''}>{spanText(interval, isRate)}</span>
        {isRate && value !== null && <IntervalBar value={value} interval={interval} from={0} to={1} />}
      </td>
    </tr>
  );
}

/** Where all are level none of them is the least. */
function whereText({ name, value, of, lowest, highest }: Disparity, { groups }: Grouping): string {
  const isLevel = value === (name.endsWith('_ratio') ? 1 : 0);
  const [low, high] = [groups[lowest ?? -1], groups[highest ?? -1]];
  if (of === null || isLevel || low === undefined || high === undefined) return '';
  const by = name.startsWith('equalized') ? `, by ${measureHeads[of] ?? of}` : '';
  return `Here: least ${groupName(low)}, most ${groupName(high)}${by}.`;
}
