// What is said of a table that is being predicted.
import type { TableWork } from '../../../src/protocol/inference/table/table-panel';
import { type GoingWork, timeLeft, WorkGoing } from '../said/work-going';

const words = {
  verb: 'Predicting',
  counted: 'Rows predicted',
  far: farText,
  left: 'Nothing was written.',
  failed: (message: string) => `${message} Nothing was written.`,
};

/** How far the table is, and how it ended where it did not end well. */
export function TableGoing({ work, onStop }: { work: TableWork; onStop: () => void }) {
  return <WorkGoing work={work} words={words} onStop={onStop} />;
}

/** Until some rows are done nobody can tell how long it takes. */
function farText(work: GoingWork): string {
  const { done, total, milliseconds } = work;
  if (done === 0) return 'reading the model and the table';
  const far = `${done.toLocaleString('en-US')} of ${total.toLocaleString('en-US')} rows`;
  if (done >= total) return `${far}, writing the file`;
  return milliseconds < 1000 ? far : `${far}, ${timeLeft(work)}`;
}
