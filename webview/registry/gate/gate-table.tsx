// Every rule of a gate: verdict, what was asked, what was found, and where its interval lies.
import { useState } from 'react';
import { numberText } from '../../../src/protocol/wording';
import { Icon } from '../../kit/icon';
import { useKeptChoice } from '../../kit/kept/kept-choice';
import { useRowKeys } from '../../kit/row-keys';
import { HeldButton } from '../head/held-button';
import type { GateRow } from './gate-rows';
import { IntervalDrawing } from './interval-drawing';

/** So many passing rules are shown at once; with more of them two. */
const fewPasses = 4;

interface GateTableProps {
  rows: readonly GateRow[];
  /** It does not hold any more. */
  isOld: boolean;
  /** Answers a rule that asks people; `why` not, where whoever sits here may not. */
  answer: { why: string; act: (rule: string) => void };
}

/** Tab reaches the table once, and what a person has to answer in it; arrows move through its rules, Enter opens what more there is to say of one. */
export function GateTable({ rows, isOld, answer }: GateTableProps) {
  const [isOpen, setOpen] = useKeptChoice('fold:passing');
  const [at, setAt] = useState(0);
  const folded = foldedRows(rows);
  const shown = isOpen ? rows : rows.filter((row) => !folded.includes(row));
  const place = Math.min(at, shown.length - 1);
  const ids = shown.map(({ id }) => id);
  const keys = useRowKeys(ids, place, setAt);
  return (
    <>
      <table className={`rows gate-table ${isOld ? 'old' : ''}`} onKeyDown={keys.onKeyDown}>
        <caption className="unseen">Rules of the gate</caption>
        <Heads />
        <tbody>
          {shown.map((row, each) => (
            <Rule
              key={row.id}
              {...{ row, answer: isAsked(row) && !isOld ? answer : null }}
              {...{ place: each, isReached: each === place, onReach: setAt }}
            />
          ))}
        </tbody>
      </table>
      {folded.length > 0 && (
        <button type="button" className="fold" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          <Icon name={isOpen ? 'down' : 'right'} />
          <span className="cut">
            {isOpen ? 'Fewer' : `${folded.length} more rules pass: ${folded.map(({ id }) => id).join(', ')}`}
          </span>
        </button>
      )}
    </>
  );
}

const heads = [
  { text: 'Verdict', className: '' },
  { text: 'Rule', className: '' },
  { text: 'Expected', className: 'number' },
  { text: 'Actual', className: 'number' },
  { text: 'Interval, limit', className: 'wide drawn' },
  { text: 'Rows', className: 'number wide' },
];

function Heads() {
  return (
    <thead>
      <tr>
        {heads.map(({ text, className }) => (
          <th key={text} scope="col" className={className}>
            {text}
          </th>
        ))}
      </tr>
    </thead>
  );
}

/** Rules that pass, but for the first two; those with an interval stay in sight before others. */
function foldedRows(rows: readonly GateRow[]): GateRow[] {
  const passes = rows.filter(({ verdict }) => verdict === 'pass');
  if (passes.length <= fewPasses) return [];
  const drawn = passes.filter(({ result }) => result?.ci != null);
  const kept = new Set([...drawn, ...passes].slice(0, 2));
  return passes.filter((row) => !kept.has(row));
}

function isAsked({ result, group }: GateRow): boolean {
  return result?.kind === 'manual' && group !== 'pass' && group !== 'waived';
}

interface RuleProps {
  row: GateRow;
  /** Null of a rule that asks nobody. */
  answer: GateTableProps['answer'] | null;
  place: number;
  isReached: boolean;
  onReach: (place: number) => void;
}

function Rule({ row, answer, place, isReached, onReach }: RuleProps) {
  const [isOpen, setOpen] = useKeptChoice(`rule:${row.id}`);
  const { result, notes } = row;
  return (
    <>
      <tr>
        <td>
          <span className="state">
            <Icon name={row.icon} tone={row.tone} />
            {row.word}
          </span>
        </td>
        <th scope="row" className={answer === null ? 'cut' : 'question'}>
          <RuleName {...{ row, place, isReached, onReach, isOpen, isQuestion: answer !== null }} onOpen={setOpen} />
        </th>
        <Measured row={row} answer={answer} />
        <td className="wide drawn">{result !== null && <IntervalDrawing result={result} verdict={row.verdict} />}</td>
        <td className="number wide">{row.rows}</td>
      </tr>
      {isOpen && (
        <tr className="rule-notes">
          <td />
          <td colSpan={3}>
            <p className="note">{notes.length === 0 ? 'There is no more to say of it.' : notes.join(' ')}</p>
          </td>
          <td className="wide" colSpan={2} />
        </tr>
      )}
    </>
  );
}

/** What was asked for and what was found; of a question the means to answer it. */
function Measured({ row, answer }: Pick<RuleProps, 'row' | 'answer'>) {
  if (answer !== null) {
    return (
      <td className="number" colSpan={2}>
        <HeldButton label="Answer…" reason={answer.why} onAct={() => answer.act(row.id)} />
      </td>
    );
  }
  return (
    <>
      <td className="number">{row.expected}</td>
      <td className="number">
        <strong>{row.actual}</strong>
      </td>
    </>
  );
}

interface RuleNameProps extends Omit<RuleProps, 'answer'> {
  /** It is read whole, to be answered. */
  isQuestion: boolean;
  isOpen: boolean;
  onOpen: (isOpen: boolean) => void;
}

function RuleName({ row, isQuestion, place, isReached, onReach, isOpen, onOpen }: RuleNameProps) {
  return (
    <>
      <button
        type="button"
        className="plain"
        aria-expanded={isOpen}
        data-row={place}
        tabIndex={isReached ? 0 : -1}
        title={row.about}
        onFocus={() => onReach(place)}
        onClick={() => onOpen(!isOpen)}
      >
        <code>{row.id}</code>
      </button>{' '}
      <span className="quiet wide">{saidOf(row, row.about)}</span>
      <span className={`quiet narrow ${isQuestion ? '' : 'cut'}`}>{narrowWords(row)}</span>
    </>
  );
}

function saidOf({ group }: GateRow, words: string): string {
  return group === 'warn' ? `does not block; ${words}` : words;
}

/** An interval goes before everything else. */
function narrowWords(row: GateRow): string {
  const interval = intervalWords(row);
  if (interval === '') return saidOf(row, row.about);
  return row.group === 'warn' ? `${interval}; does not block` : interval;
}

function intervalWords({ result }: GateRow): string {
  const ci = result?.ci ?? null;
  return ci === null ? '' : `${numberText(ci[0])} to ${numberText(ci[1])}`;
}
