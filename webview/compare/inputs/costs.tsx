// What the two took.
import type { Cost } from '../../../src/protocol/comparison/comparison';
import { costDifference, costText } from '../../../src/protocol/comparison/comparison-words';
import { Section } from '../../kit/section';
import { SideName, type Sides } from '../head/side-name';

const names: Readonly<Record<Cost['what'], string>> = {
  time: 'Time',
  'peak memory': 'Peak memory',
  'model size': 'Model size',
};
const answers: Readonly<Record<Cost['what'], string>> = {
  time: 'the time',
  'peak memory': 'the memory',
  'model size': 'the size',
};

/** Milliseconds: shorter times are compared in vain. */
const shortest = 1000;

/** Nothing at all where nothing is known. */
export function Costs({ costs, sides }: { costs: readonly Cost[]; sides: Sides }) {
  if (costs.length === 0) return null;
  return (
    <Section title="Cost" answer={answerOf(costs)}>
      <table className="figures">
        <thead>
          <tr>
            <th>
              <span className="unseen">What</span>
            </th>
            <th className="number">
              <SideName side={sides.baseline} marks={sides.marks} />
            </th>
            <th className="number">
              <SideName side={sides.candidate} marks={sides.marks} />
            </th>
            <th className="number">Δ</th>
          </tr>
        </thead>
        <tbody>
          {costs.map((cost) => (
            <tr key={cost.what}>
              <th className="quiet">{names[cost.what]}</th>
              <td className="number">{costText(cost.baseline, cost.unit)}</td>
              <td className="number">{costText(cost.candidate, cost.unit)}</td>
              <td className="number">{costDifference(cost)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

/** `2.5 × the time, 2 × the size`; what is about the same is left out. */
function answerOf(costs: readonly Cost[]): string {
  const said = costs.flatMap(({ what, unit, baseline, candidate }) => {
    if (baseline === null || candidate === null || baseline <= 0) return [];
    const times = candidate / baseline;
    if ((times > 0.9 && times < 1.1) || (unit === 'ms' && Math.max(baseline, candidate) < shortest)) return [];
    return [`${times >= 10 ? times.toFixed(0) : times.toFixed(1)} × ${answers[what]}`];
  });
  return said.length === 0 ? 'about the same' : said.join(', ');
}
