// Rows that the form is filled from: pasted ones, or those of a table.
import { useState } from 'react';
import type { ModelForm } from '../../../../src/protocol/inference/form/model-form';
import type { TableColumnFacts } from '../../../../src/protocol/inference/form/try-panel';
import type { TakenInput } from '../../../../src/protocol/inference/prediction';
import type { Host } from '../../../kit/host/host';
import { useHost } from '../../../kit/host/host-context';
import { askTry } from '../ask-try';
import { type GivenRows, pastedTexts, tableTexts } from './given-rows';

/** What was given, and the means to give other rows. `error` is empty when all went well. */
export interface RowSource {
  given: GivenRows | null;
  error: string;
  /** Of the table that was chosen last. */
  columns: TableColumnFacts[];
  isPasting: boolean;
  openPaste: (isOpen: boolean) => void;
  take: (text: string) => void;
  chooseTable: () => void;
  choose: (row: number) => void;
  leave: () => void;
}

const none: TableColumnFacts[] = [];

/** `setTexts` puts texts into the form. */
export function useGivenRows(form: ModelForm, setTexts: (texts: Record<string, string>) => void): RowSource {
  const host = useHost();
  const [given, setGiven] = useState<GivenRows | null>(null);
  const [error, setError] = useState('');
  const [isPasting, openPaste] = useState(false);
  const attempt = (work: Promise<void>): void => {
    setError('');
    work.catch((failure: Error) => setError(failure.message));
  };
  const takeText = async (text: string): Promise<void> => {
    const taken = await takenText(host, text);
    setGiven({ kind: 'pasted', text, taken, row: 1 });
    setTexts(pastedTexts(form, taken, 1));
    openPaste(false);
  };
  const showRow = async (from: Extract<GivenRows, { kind: 'table' }>, row: number): Promise<void> => {
    const { texts, notes } = tableTexts(form, await askTry(host, 'tableRow', { row }));
    setGiven({ ...from, row, notes });
    setTexts(texts);
  };
  const openTable = async (): Promise<void> => {
    const table = await askTry(host, 'chooseTable', {});
    if (table !== null) await showRow({ kind: 'table', table, row: 1, notes: [] }, 1);
  };
  const choose = (row: number): void => {
    if (given?.kind === 'table') attempt(showRow(given, row));
    if (given?.kind !== 'pasted') return;
    setGiven({ ...given, row });
    setTexts(pastedTexts(form, given.taken, row));
  };
  const columns = given?.kind === 'table' ? given.table.columns : none;
  return {
    ...{ given, error, columns, isPasting, openPaste, choose },
    take: (text) => attempt(takeText(text)),
    chooseTable: () => attempt(openTable()),
    leave: () => setGiven(null),
  };
}

function takenText(host: Host, text: string): Promise<TakenInput> {
  return askTry(host, 'takeInput', { given: { kind: 'text', text, format: null } });
}
