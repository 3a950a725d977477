// Where? The slices on which the first metric fell most.
import type { CandidateComparison, SliceResult } from '../../../src/protocol/comparison/comparison';
import { chanceText, signedText } from '../../../src/protocol/comparison/comparison-words';
import { countText, numberText } from '../../../src/protocol/wording';
import { Fold, Section } from '../../kit/section';
import { SideName, type Sides } from '../head/side-name';
import { Forest, type Reach, reachOf } from './forest';

const shownAtFirst = 9;

/** Nothing at all where the predictions have no further columns. */
export function SlicesSection({ chosen, sides }: { chosen: CandidateComparison; sides: Sides }) {
  const slices = chosen.predictions?.slices ?? [];
  const [first] = slices;
  if (first === undefined) return null;
  const reach = reachOf(slices);
  const [shown, rest] = [slices.slice(0, shownAtFirst), slices.slice(shownAtFirst)];
  return (
    <Section title="Where?" answer={answerOf(slices)}>
      <SliceTable slices={shown} sides={sides} reach={reach} name={first.metric} />
      {rest.length > 0 && (
        <Fold name="slices" label={countText(rest.length, 'more slice')}>
          <SliceTable slices={rest} sides={sides} reach={reach} name={first.metric} />
        </Fold>
      )}
    </Section>
  );
}

function SliceTable(props: { slices: readonly SliceResult[]; sides: Sides; reach: Reach; name: string }) {
  const { slices, sides, reach, name } = props;
  return (
    <table className="metrics slices">
      <thead>
        <tr>
          <th>Slice</th>
          <th className="number wide">Rows</th>
          <th className="number wide">
            <SideName side={sides.baseline} runIds={sides.runIds} />
          </th>
          <th className="number wide">
            <SideName side={sides.candidate} runIds={sides.runIds} />
          </th>
          <th className="number">Δ {name}</th>
          <th className="plot">95 % interval</th>
          <th className="number">p, Holm</th>
        </tr>
      </thead>
      <tbody>
        {slices.map((slice) => (
          <SliceRow key={`${slice.column} ${slice.value}`} slice={slice} reach={reach} />
        ))}
      </tbody>
    </table>
  );
}

function SliceRow({ slice, reach }: { slice: SliceResult; reach: Reach }) {
  const { column, value, rows, baseline, candidate, effect, verdict, p } = slice;
  const name = value === '' ? '(empty)' : value;
  return (
    <tr>
      <th scope="row" title={`${column} = ${name}`}>
        <span className="name-cell">
          <span className="quiet">{column}</span>
          <span className="cut">{name}</span>
        </span>
        <small className="narrow-only">{countText(rows, 'row')}</small>
      </th>
      <td className="number wide">{rows.toLocaleString('en-US')}</td>
      <td className="number wide">{baseline === null ? '–' : numberText(baseline)}</td>
      <td className="number wide">{candidate === null ? '–' : numberText(candidate)}</td>
      <td className="number">
        <span className={verdict === 'cannot tell' ? '' : verdict}>{effect === null ? '–' : signedText(effect)}</span>
      </td>
      <td className="plot">
        <Forest metric={slice} reach={reach} />
      </td>
      <td className="number">{p === null ? '–' : chanceText(p)}</td>
    </tr>
  );
}

function answerOf(slices: readonly SliceResult[]): string {
  const fallen = slices.filter(({ effect, direction }) => (effect ?? 0) * (direction === 'down' ? -1 : 1) < 0).length;
  const sure = slices.filter(({ verdict }) => verdict === 'worse').length;
  const beyond = sure === 0 ? 'none alone beyond noise' : `${sure} beyond noise`;
  return `${fallen} of ${countText(slices.length, 'slice')} ${fallen === 1 ? 'falls' : 'fall'}, ${beyond}`;
}
