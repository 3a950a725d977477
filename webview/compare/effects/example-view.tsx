// One row that one of the two models tells better, with all that both files say of it.
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { offText } from '../../../src/protocol/comparison/evidence/error-sections';
import type { Example, ExamplePage, ExampleSide } from '../../../src/protocol/comparison/evidence/example-page';
import { numberText } from '../../../src/protocol/wording';
import { Button } from '../../kit/controls';
import { SideName, type Sides } from '../head/side-name';

interface ExampleViewProps {
  page: ExamplePage;
  example: Example;
  /** Its place among all of this kind, from 0. */
  place: number;
  sides: Sides;
  onMove: (place: number) => void;
  onClose: () => void;
}

const focusable = { tabIndex: -1 };

/** Whoever opens an example by its id goes on with the arrow keys at once. */
function useFocusFromIds() {
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    if (document.activeElement?.closest('.ids') != null) box.current?.focus();
  }, []);
  return box;
}

/** Arrow keys go to the one before and after, Home and End to the ends, Escape closes. */
export function ExampleView({ page, example, place, sides, onMove, onClose }: ExampleViewProps) {
  const box = useFocusFromIds();
  const last = page.total - 1;
  const go = (wanted: number): void => onMove(Math.min(last, Math.max(0, wanted)));
  const onKeyDown = (event: KeyboardEvent): void => {
    const moves: Record<string, number> = { ArrowLeft: place - 1, ArrowRight: place + 1, Home: 0, End: last };
    const target = moves[event.key];
    if (target === undefined && event.key !== 'Escape') return;
    event.preventDefault();
    if (target !== undefined) {
      go(target);
      return;
    }
    box.current?.parentElement?.querySelector<HTMLElement>('.ids .link')?.focus();
    onClose();
  };
  return (
    // Arrow keys move from one to the next wherever within it the focus is.
    <section ref={box} {...focusable} className="example" aria-label={`Example ${example.id}`} onKeyDown={onKeyDown}>
      <div className="evidence-tool">
        <strong className="cut" title={example.id}>
          {example.id}
        </strong>
        <span className="quiet" aria-live="polite">
          {(place + 1).toLocaleString('en-US')} of {page.total.toLocaleString('en-US')}
        </span>
        <Button label="Previous" onAct={() => go(place - 1)} />
        <Button label="Next" onAct={() => go(place + 1)} />
        <Button label="Close" onAct={onClose} />
      </div>
      <ExampleTable page={page} example={example} sides={sides} />
      {page.columns.length === 0 && (
        <p className="note">The files of predictions say nothing more of it: further columns would stand here.</p>
      )}
    </section>
  );
}

function ExampleTable({ page, example, sides }: Pick<ExampleViewProps, 'page' | 'example' | 'sides'>) {
  const { truth, baseline, candidate } = example;
  const scoreName = page.scoreOf === '' ? 'score of the true class' : `score of ${page.scoreOf}`;
  const hasScore = baseline.score !== null || candidate.score !== null;
  return (
    <table className="figures example-table">
      <ExampleHead sides={sides} />
      <tbody>
        <tr>
          <th scope="row">true</th>
          <td colSpan={2}>{page.of === 'numbers' ? numberText(Number(truth)) : (truth ?? '–')}</td>
        </tr>
        <tr>
          <th scope="row">predicted</th>
          <td>{predictedText(baseline, truth)}</td>
          <td>{predictedText(candidate, truth)}</td>
        </tr>
        {hasScore && (
          <tr>
            <th scope="row">{scoreName}</th>
            <td>{baseline.score === null ? '–' : numberText(baseline.score)}</td>
            <td>{candidate.score === null ? '–' : numberText(candidate.score)}</td>
          </tr>
        )}
        {page.columns.map((name, place) => (
          <tr key={name}>
            <th scope="row" title={name}>
              <span className="cut">{name}</span>
            </th>
            <Cells before={baseline.cells[place] ?? null} after={candidate.cells[place] ?? null} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function ExampleHead({ sides }: { sides: Sides }) {
  return (
    <thead>
      <tr>
        <th>Column</th>
        <th>
          <SideName side={sides.baseline} marks={sides.marks} />
        </th>
        <th>
          <SideName side={sides.candidate} marks={sides.marks} />
        </th>
      </tr>
    </thead>
  );
}

/** What both say alike stands once. */
function Cells({ before, after }: { before: string | null; after: string | null }) {
  if (before === after) return <td colSpan={2}>{before ?? '–'}</td>;
  return (
    <>
      <td>{before ?? '–'}</td>
      <td>{after ?? '–'}</td>
    </>
  );
}

function predictedText({ label, residual, right, models }: ExampleSide, truth: string | null): string {
  if (residual !== null) return `${numberText(Number(label))}, off by ${offText(residual)}`;
  if (models > 1) return `${label ?? '–'}, right in ${right} of ${models} runs`;
  return label === null ? '–' : `${label}, ${label === truth ? 'right' : 'wrong'}`;
}
