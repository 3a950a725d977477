// Which row is in the form, and where it comes from.
import type { InputFormat } from '../../../../src/protocol/inference/prediction';
import { countText } from '../../../../src/protocol/wording';
import { Button, IconButton } from '../../../kit/controls';
import { Icon } from '../../../kit/icon';
import { type GivenRows, rowCount } from './given-rows';

interface RowBarProps {
  given: GivenRows;
  onRow: (row: number) => void;
  onAll: () => void;
  onLeave: () => void;
}

const formats: Readonly<Record<InputFormat | 'tensors', string>> = {
  oip: 'a request of the Open Inference Protocol',
  mlflow: 'a request of MLflow’s',
  tensorflow: 'a request of TensorFlow Serving’s',
  plain: 'plain JSON',
  csv: 'CSV',
  tensors: 'tensors',
};

/** One line, and what a reader should know below it. */
export function RowBar({ given, onRow, onAll, onLeave }: RowBarProps) {
  const count = rowCount(given);
  const notes = given.kind === 'pasted' ? given.taken.notes : given.notes;
  return (
    <div className="row-bar" role="status">
      <span className="cut">{sourceText(given)}</span>
      <span className="acts">
        {count > 1 && <Stepper row={given.row} count={count} onRow={onRow} />}
        {count > 1 && given.kind === 'pasted' && (
          <Button label={`Predict All ${count.toLocaleString('en-US')}`} onAct={onAll} />
        )}
        <IconButton label="Leave These Rows" onAct={onLeave}>
          <Icon name="close" />
        </IconButton>
      </span>
      {notes.map((note) => (
        <p key={note} className="note">
          {note}
        </p>
      ))}
    </div>
  );
}

function sourceText(given: GivenRows): string {
  if (given.kind === 'table') return given.table.name;
  return `Taken as ${formats[given.taken.format]}, ${countText(given.taken.rows, 'row')}`;
}

function Stepper({ row, count, onRow }: { row: number; count: number; onRow: (row: number) => void }) {
  return (
    <span className="stepper">
      <IconButton label="Row Before" disabled={row <= 1} onAct={() => onRow(row - 1)}>
        <Icon name="up" />
      </IconButton>
      <input
        className="field number"
        aria-label={`Row, of ${count}`}
        inputMode="numeric"
        key={row}
        defaultValue={row}
        onKeyDown={(event) => {
          const wanted = Number(event.currentTarget.value);
          if (event.key === 'Enter' && Number.isInteger(wanted) && wanted >= 1 && wanted <= count) onRow(wanted);
        }}
      />
      <span className="note">of {count.toLocaleString('en-US')}</span>
      <IconButton label="Next Row" disabled={row >= count} onAct={() => onRow(row + 1)}>
        <Icon name="down" />
      </IconButton>
    </span>
  );
}
