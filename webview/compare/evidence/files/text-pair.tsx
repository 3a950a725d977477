// Two texts line by line: side by side, or where there is no room one below the other.
import type { FilePreview } from '../../../../src/protocol/comparison/evidence/file-item';
import { bytesText } from '../../../../src/protocol/wording';
import { SideName, type Sides } from '../../head/side-name';
import type { ShownLine, TextDifference } from './text-difference';

/** A region that scrolls must be reachable by keys. */
const reachable = { tabIndex: 0 };

type TextPreview = Extract<FilePreview, { kind: 'text' }>;

/** The changed lines are marked by a sign as well as by colour. */
export function TextPair(props: { difference: TextDifference; sides: Sides; before: TextPreview; after: TextPreview }) {
  const { difference, sides, before, after } = props;
  const cut = [before, after].filter(({ isCut }) => isCut);
  return (
    <>
      <p className="note">{difference.words}</p>
      <section className="text-part" aria-label="Lines of both texts" {...reachable}>
        <table className="text-lines">
          <thead>
            <tr>
              <th>
                <SideName side={sides.baseline} marks={sides.marks} />
              </th>
              <th>
                <SideName side={sides.candidate} marks={sides.marks} />
              </th>
            </tr>
          </thead>
          <tbody>
            {difference.lines.map((line) => (
              <Line key={line.place} line={line} />
            ))}
          </tbody>
        </table>
      </section>
      {cut.length > 0 && (
        <p className="note">Of {cut.map(({ size }) => bytesText(size)).join(' and ')} the beginning.</p>
      )}
    </>
  );
}

function Line({ line }: { line: ShownLine }) {
  if ('skipped' in line) {
    return (
      <tr className="quiet skipped">
        <td colSpan={2}>
          {line.skipped.toLocaleString('en-US')} {line.skipped === 1 ? 'line' : 'lines'} alike
        </td>
      </tr>
    );
  }
  if (line.isSame) {
    return (
      <tr className="alike-line">
        <td>{line.before}</td>
        <td>{line.after}</td>
      </tr>
    );
  }
  return (
    <tr>
      <td>{line.before !== null && <del>{line.before}</del>}</td>
      <td>{line.after !== null && <ins>{line.after}</ins>}</td>
    </tr>
  );
}
