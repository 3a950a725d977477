// Predictions of several rows, and which of them another model answers differently.
import type { ClassLabels } from '../../../../src/protocol/inference/outline';
import { countText } from '../../../../src/protocol/wording';
import { Link } from '../../../kit/controls';
import { Icon } from '../../../kit/icon';
import { Section } from '../../../kit/section';
import type { Predicted } from './predicting';
import { type Reading, readingOf } from './reading';

const mostRows = 200;

interface AllRowsProps {
  predicted: Predicted;
  labels: readonly ClassLabels[];
  /** The name of the other model; empty where there is none. */
  other: string;
  onRow: (row: number) => void;
}

/** A row for each, at most 200; rows that flip come first. */
export function AllRows({ predicted, labels, other, onRow }: AllRowsProps) {
  const rows = answeredRows(predicted, labels);
  const flips = rows.filter(({ isFlip }) => isFlip).length;
  const shown = [...rows].sort((a, b) => Number(b.isFlip) - Number(a.isFlip)).slice(0, mostRows);
  const count = countText(rows.length, 'row');
  return (
    <Section title="All rows" answer={predicted.other === null ? count : `${flips} of ${count} differ from ${other}`}>
      <table className="figures all-rows" aria-label="Predictions of all rows">
        {predicted.other !== null && (
          <thead>
            <tr>
              {['', 'this model', other].map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
        )}
        <tbody>
          {shown.map((row) => (
            <AnsweredRow key={row.row} {...row} onRow={onRow} />
          ))}
        </tbody>
      </table>
      {rows.length > mostRows && (
        <p className="note">
          {mostRows} are shown. A whole dataset is predicted by slipway predict MODEL --input FILE --output FILE.
        </p>
      )}
      {predicted.otherError !== '' && (
        <p className="note">
          {other}: {predicted.otherError}
        </p>
      )}
    </Section>
  );
}

/** `row` counts from 1. */
interface Answered {
  row: number;
  own: Reading;
  theirs: Reading | null;
  isFlip: boolean;
}

function answeredRows({ prediction, other }: Predicted, labels: readonly ClassLabels[]): Answered[] {
  return Array.from({ length: prediction.taken.rows }, (_, at) => {
    const own = readingOf(prediction, labels, at);
    const theirs = other === null ? null : readingOf(other, other.said, at);
    return { row: at + 1, own, theirs, isFlip: theirs !== null && theirs.answer !== own.answer };
  });
}

function AnsweredRow({ row, own, theirs, isFlip, onRow }: Answered & { onRow: (row: number) => void }) {
  return (
    <tr>
      <td>
        <Link label={`Row ${row}`} onAct={() => onRow(row)} />
      </td>
      <td>{own.text}</td>
      {theirs !== null && (
        <td className={isFlip ? '' : 'quiet'}>
          {isFlip && <Icon name="caution" tone="caution" />} {theirs.text}
        </td>
      )}
    </tr>
  );
}
