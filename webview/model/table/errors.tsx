// Which classes are told for which: a matrix of counts, each cell shaded by its share of the true class.
import type { JudgedMatrix, JudgedRows } from '../../../src/protocol/inference/batch';
import { countText } from '../../../src/protocol/wording';
import { Section } from '../../kit/section';

/** Nothing of numbers, and where no class was told. */
export function Errors({ judged }: { judged: JudgedRows | null }) {
  if (judged === null || judged.matrix === null) return null;
  const { matrix, kind } = judged;
  const from = kind === 'probabilities' ? ' The class 1 is told from a probability of 0.5 on.' : '';
  return (
    <Section title="Which errors?" answer={answerText(matrix)}>
      <Matrix matrix={matrix} />
      <p className="note">
        A row for each true class, a column for each that the model told; the shade, or the bar, is the share of the
        true class.
        {from}
      </p>
    </Section>
  );
}

function Matrix({ matrix: { classes, pooled, cells } }: { matrix: JudgedMatrix }) {
  const names = [...classes.map(nameOf), ...(pooled > 0 ? [`${pooled} rarer`] : [])];
  const size = names.length;
  return (
    <table className={size > 4 ? 'errors many' : 'errors'} aria-label="Predicted class for each true class">
      <thead>
        <tr>
          <th scope="col">true ↓ told →</th>
          {names.map((name) => (
            <th key={name} scope="col" className="number" title={name}>
              <span className="cut">{name}</span>
            </th>
          ))}
          <th scope="col" className="number">
            rows
          </th>
        </tr>
      </thead>
      <tbody>
        {names.map((name, row) => (
          <Line
            key={name}
            {...{ name, row, names }}
            counts={cells.slice(row * size, (row + 1) * size)}
            isRarer={pooled > 0 && row === size - 1}
          />
        ))}
      </tbody>
    </table>
  );
}

interface LineProps {
  name: string;
  row: number;
  names: readonly string[];
  counts: readonly number[];
  /** It stands for several classes: what is on its diagonal may be right or not. */
  isRarer: boolean;
}

function Line({ name, row, names, counts, isRarer }: LineProps) {
  const total = counts.reduce((sum, each) => sum + each, 0);
  return (
    <tr>
      <th scope="row" title={name}>
        <span className="cut">{name}</span>
      </th>
      {counts.map((count, column) => (
        <Cell key={names[column]} {...{ count, total }} isRight={row === column && !isRarer} />
      ))}
      <td className="number quiet">{total.toLocaleString('en-US')}</td>
    </tr>
  );
}

function Cell({ count, total, isRight }: { count: number; total: number; isRight: boolean }) {
  const share = total === 0 ? 0 : count / total;
  const shade = { '--share': share } as React.CSSProperties;
  return (
    <td className={isRight ? 'cell right' : 'cell'} style={shade}>
      <span>{count.toLocaleString('en-US')}</span>
      <small>{total === 0 ? '–' : `${(100 * share).toFixed(share > 0 && share < 0.1 ? 1 : 0)} %`}</small>
    </td>
  );
}

/** A class by the name that people gave it. */
function nameOf(label: string): string {
  return label === '' ? '(none)' : label;
}

function answerText({ classes, pooled, cells, errors }: JudgedMatrix): string {
  const size = classes.length + (pooled > 0 ? 1 : 0);
  if (errors === 0) return 'none';
  const wrong = cells.map((count, cell) => (cell % (size + 1) === 0 ? 0 : count));
  const most = wrong.reduce((best, each, cell) => (each > (wrong[best] ?? 0) ? cell : best), 0);
  const name = (at: number): string => (at < classes.length ? nameOf(classes[at] ?? '') : 'a rarer one');
  const where = `${name(Math.floor(most / size))} told as ${name(most % size)}, ${(wrong[most] ?? 0).toLocaleString('en-US')}`;
  return `${countText(errors, 'error')}; most often ${where}`;
}
