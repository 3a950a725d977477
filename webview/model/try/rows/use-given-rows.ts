// Rows that the form is filled from: pasted ones, or those of a table.
import { useEffect, useMemo, useRef, useState } from 'react';
import type { ModelForm } from '../../../../src/protocol/inference/form/model-form';
import type { ChosenTable, TriedState } from '../../../../src/protocol/inference/form/try-panel';
import type { TakenInput } from '../../../../src/protocol/inference/prediction';
import type { Host } from '../../../kit/host/host';
import { useHost } from '../../../kit/host/host-context';
import { askTry } from '../ask-try';
import { type KnownColumns, type KnownForm, knownForm } from '../form/known-form';
import { type GivenRows, pastedTexts, tableTexts, takenWhole } from './given-rows';
import { inFieldOrder } from './named-columns';

/** What was given, and the means to give other rows. `error` is empty when all went well. */
export interface RowSource {
  /** With what is known of its values, from the table too. */
  form: KnownForm;
  given: GivenRows | null;
  error: string;
  isPasting: boolean;
  openPaste: (isOpen: boolean) => void;
  take: (text: string) => void;
  chooseTable: () => void;
  choose: (row: number) => void;
  leave: () => void;
}

/** `onTexts` puts texts into the form, `onRows` keeps which rows they are from; `kept` are those of before the page was left. */
interface RowTerms {
  known: Omit<KnownColumns, 'chosen'>;
  kept: TriedState['rows'];
  onTexts: (texts: Record<string, string>) => void;
  onRows: (rows: TriedState['rows']) => void;
}

/** Follows `form` and what is known of it. */
export function useGivenRows(form: ModelForm, { known, kept, onTexts, onRows }: RowTerms): RowSource {
  const host = useHost();
  const [given, setGiven] = useState<GivenRows | null>(null);
  const [error, attempt] = useAttempts();
  const [isPasting, openPaste] = useState(false);
  const chosen = given?.kind === 'table' ? given.table.facts : null;
  const shown = useMemo(() => knownForm(form, { ...known, chosen }), [form, known, chosen]);
  useKeptRows(shown, { kept, onFound: setGiven, onRows });
  const show = (rows: GivenRows | null, texts: Record<string, string>): void => {
    setGiven(rows);
    onRows(rows === null ? null : keptRows(rows));
    onTexts(texts);
  };
  const takeText = async (given: string): Promise<void> => {
    const text = inFieldOrder(given, shown);
    const taken = takenWhole(await takenText(host, text), shown);
    show({ kind: 'pasted', text, taken, row: 1 }, pastedTexts(shown, taken, 1));
    openPaste(false);
  };
  const showRow = async (table: ChosenTable, row: number): Promise<void> => {
    const cells = await askTry(host, 'tableRow', { row });
    const { texts, notes } = tableTexts(knownForm(form, { ...known, chosen: table.facts }), cells);
    show({ kind: 'table', table, row, notes }, texts);
  };
  const openTable = async (): Promise<void> => {
    const table = await askTry(host, 'chooseTable', {});
    if (table !== null) await showRow(table, 1);
  };
  const choose = (row: number): void => {
    if (given?.kind === 'table') attempt(showRow(given.table, row));
    if (given?.kind === 'pasted') show({ ...given, row }, pastedTexts(shown, given.taken, row));
  };
  return {
    ...{ form: shown, given, error, isPasting, openPaste, choose },
    take: (text) => attempt(takeText(text)),
    chooseTable: () => attempt(openTable()),
    leave: () => show(null, {}),
  };
}

/** What went wrong with the last attempt, '' where nothing did. */
function useAttempts(): [error: string, attempt: (work: Promise<void>) => void] {
  const [error, setError] = useState('');
  const attempt = (work: Promise<void>): void => {
    setError('');
    work.catch((failure: Error) => setError(failure.message));
  };
  return [error, attempt];
}

function keptRows(given: GivenRows): TriedState['rows'] {
  return given.kind === 'table'
    ? { kind: 'table', row: given.row }
    : { kind: 'pasted', text: given.text, row: given.row };
}

/** Takes up the rows of before the page was left, once; the form has their texts already. */
function useKeptRows(
  form: KnownForm,
  terms: { kept: TriedState['rows']; onFound: (rows: GivenRows) => void; onRows: (rows: null) => void },
): void {
  const host = useHost();
  const first = useRef({ form, ...terms });
  useEffect(() => {
    const { form: shown, kept: rows, ...told } = first.current;
    if (rows === null) return;
    const found = rows.kind === 'pasted' ? pastedBefore(host, shown, rows) : tableBefore(host, rows.row);
    found.then(
      (there) => (there === null ? told.onRows(null) : told.onFound(there)),
      () => told.onRows(null),
    );
  }, [host]);
}

async function pastedBefore(
  host: Host,
  form: KnownForm,
  { text, row }: { text: string; row: number },
): Promise<GivenRows> {
  return { kind: 'pasted', text, taken: takenWhole(await takenText(host, text), form), row };
}

async function tableBefore(host: Host, row: number): Promise<GivenRows | null> {
  const { table } = await askTry(host, 'kept', {});
  return table === null ? null : { kind: 'table', table, row, notes: [] };
}

function takenText(host: Host, text: string): Promise<TakenInput> {
  return askTry(host, 'takeInput', { given: { kind: 'text', text, format: null } });
}
