// Where? The slices on which the first metric fell most.
import type { CandidateComparison, SliceResult } from '../../../src/protocol/comparison/comparison';
import { chanceText, signedText } from '../../../src/protocol/comparison/comparison-words';
import { countText, numberText } from '../../../src/protocol/wording';
import { Fold, Section } from '../../kit/section';
import { SideName, type Sides } from '../head/side-name';
import { Forest, type Reach, reachOf } from './forest';

const shownAtFirst = 9;

/** A slice as it is chosen. */
type Chosen = Pick<SliceResult, 'column' | 'value'>;

/** Nothing at all where the predictions have no further columns. `onOpen`: the flipped examples of a slice are wanted. */
export function SlicesSection(props: {
  chosen: CandidateComparison;
  sides: Sides;
  open: Chosen | null;
  onOpen: (slice: Chosen) => void;
}) {
  const { chosen, sides, open, onOpen } = props;
  const slices = chosen.predictions?.slices ?? [];
  const [first] = slices;
  if (first === undefined) return null;
  const reach = reachOf(slices);
  const [shown, rest] = [slices.slice(0, shownAtFirst), slices.slice(shownAtFirst)];
  const table = { sides, reach, name: first.metric, open, onOpen: chosen.predictions?.flips == null ? null : onOpen };
  return (
    <Section title="Where?" answer={answerOf(slices)}>
      <SliceTable slices={shown} {...table} />
      {rest.length > 0 && (
        <Fold name="slices" label={countText(rest.length, 'more slice')}>
          <SliceTable slices={rest} {...table} />
        </Fold>
      )}
    </Section>
  );
}

interface SliceTableProps {
  slices: readonly SliceResult[];
  sides: Sides;
  reach: Reach;
  name: string;
  open: Chosen | null;
  /** Null where it is not known which examples flipped. */
  onOpen: ((slice: Chosen) => void) | null;
}

function SliceTable({ slices, sides, reach, name, open, onOpen }: SliceTableProps) {
  return (
    <table className="metrics slices">
      <thead>
        <tr>
          <th>Slice</th>
          <th className="number wide">Rows</th>
          <th className="number wide">
            <SideName side={sides.baseline} marks={sides.marks} />
          </th>
          <th className="number wide">
            <SideName side={sides.candidate} marks={sides.marks} />
          </th>
          <th className="number">Δ {name}</th>
          <th className="plot">95 % interval</th>
          <th className="number">p, Holm</th>
        </tr>
      </thead>
      <tbody>
        {slices.map((slice) => (
          <SliceRow key={`${slice.column} ${slice.value}`} slice={slice} reach={reach} open={open} onOpen={onOpen} />
        ))}
      </tbody>
    </table>
  );
}

function SliceRow({
  slice,
  reach,
  open,
  onOpen,
}: { slice: SliceResult } & Pick<SliceTableProps, 'reach' | 'open' | 'onOpen'>) {
  const { column, value, rows, baseline, candidate, effect, verdict, p } = slice;
  const name = value === '' ? '(empty)' : value;
  return (
    <tr>
      <th scope="row" title={`${column} = ${name}`}>
        <span className="name-cell">
          <span className="quiet">{column}</span>
          <SliceName slice={slice} open={open} onOpen={onOpen} />
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

function SliceName({ slice, open, onOpen }: { slice: SliceResult } & Pick<SliceTableProps, 'open' | 'onOpen'>) {
  const { column, value } = slice;
  const name = value === '' ? '(empty)' : value;
  if (onOpen === null) return <span className="cut">{name}</span>;
  return (
    <button
      type="button"
      className="link cut"
      aria-pressed={open?.column === column && open.value === value}
      title={`Show the flipped examples of ${column} = ${name}`}
      onClick={() => onOpen({ column, value })}
    >
      {name}
    </button>
  );
}

function answerOf(slices: readonly SliceResult[]): string {
  const fallen = slices.filter(({ effect, direction }) => (effect ?? 0) * (direction === 'down' ? -1 : 1) < 0).length;
  const sure = slices.filter(({ verdict }) => verdict === 'worse').length;
  const beyond = sure === 0 ? 'none alone beyond noise' : `${sure} beyond noise`;
  return `${fallen} of ${countText(slices.length, 'slice')} ${fallen === 1 ? 'falls' : 'fall'}, ${beyond}`;
}
