// A whole table through the model: what goes in and where it goes at the left, what came of it at the right.
import { useEffect, useRef, useState } from 'react';
import type { GroupsChoice } from '../../../src/protocol/inference/model-panel';
import type { ModelOutline } from '../../../src/protocol/inference/outline';
import type { TableOutcome } from '../../../src/protocol/inference/table/table-panel';
import { useHost } from '../../kit/host/host-context';
import { Icon } from '../../kit/icon';
import { FairnessSection } from '../fairness/fairness-section';
import { useFollowed } from '../followed';
import { askTable } from './ask-table';
import { Errors } from './errors';
import { Outcome } from './outcome';
import { TableGoing } from './table-going';
import { TableSetup } from './table-setup';

interface TablePartProps {
  outline: ModelOutline;
  groups: GroupsChoice;
  change: (groups: GroupsChoice) => void;
}

/** Follows the work of the host, which goes on when the page is hidden. */
export function TablePart({ outline, groups, change }: TablePartProps) {
  const host = useHost();
  const { state, error, look } = useFollowed(
    'table',
    (from, signal) => askTable(from, 'table', {}, signal),
    ({ work }) => work.kind === 'works',
  );
  const { act, isChanging, trouble } = useActs(look);
  const predict = (): void => {
    if (!isChanging && state?.planned != null && state.work.kind !== 'works') act(askTable(host, 'predictTable', {}));
  };
  usePredictKey(predict);
  if (error !== undefined) return <p className="message worse">{error.message}</p>;
  if (state === null) return null;
  const { planned, work, outcome } = state;
  if (takesPicture(outline)) return <NoTable />;
  return (
    <div className={outcome === null ? 'try table-part before' : 'try table-part'}>
      <TableSetup
        {...{ planned, work, trouble, isChanging }}
        onChoose={() => act(askTable(host, 'planTable', {}))}
        onAssign={(roles) => act(askTable(host, 'assignColumns', roles))}
        onOutput={() => act(askTable(host, 'chooseOutput', {}))}
        onPredict={predict}
      />
      <div className="try-result">
        <TableGoing work={work} onStop={() => act(askTable(host, 'stopTable', {}))} />
        {outcome === null && work.kind !== 'works' && <Before outline={outline} isPlanned={planned !== null} />}
        {outcome !== null && (
          <Found {...{ outcome, groups, change }} onOpen={() => act(askTable(host, 'openPredictions', {}))} />
        )}
      </div>
    </div>
  );
}

/** Asks the host, and looks again when it has answered. While it has not, what is being chosen is not what stands there. */
function useActs(look: () => void): { act: (asked: Promise<unknown>) => void; isChanging: boolean; trouble: string } {
  const [trouble, setTrouble] = useState('');
  const [changes, setChanges] = useState(0);
  const act = (asked: Promise<unknown>): void => {
    setTrouble('');
    setChanges((count) => count + 1);
    asked
      .catch((failure: Error) => setTrouble(failure.message))
      .finally(() => {
        setChanges((count) => count - 1);
        look();
      });
  };
  return { act, isChanging: changes > 0, trouble };
}

interface FoundProps extends Omit<TablePartProps, 'outline'> {
  outcome: TableOutcome;
  onOpen: () => void;
}

function Found({ outcome, groups, change, onOpen }: FoundProps) {
  return (
    <>
      <Outcome outcome={outcome} onOpen={onOpen} />
      <Errors judged={outcome.judged} />
      <FairnessSection outcome={outcome} groups={groups} change={change} />
    </>
  );
}

/** Rows × channels × height × width, or the channels last. */
function takesPicture({ inputs }: ModelOutline): boolean {
  const [only] = inputs;
  return inputs.length === 1 && only?.type.kind === 'tensor' && only.type.shape?.length === 4;
}

function NoTable() {
  return (
    <section className="opening" aria-label="Predictions of a table">
      <Icon name="table" tone="quiet" />
      <h1>A table cannot hold what this model takes</h1>
      <p>
        It takes pictures, or other blocks of four dimensions. Try It predicts them one by one; Quantize Model… and
        slipway quantize measure it on a folder of labelled pictures.
      </p>
    </section>
  );
}

/** Ctrl+Enter, wherever the focus is. */
function usePredictKey(predict: () => void): void {
  const latest = useRef(predict);
  latest.current = predict;
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.repeat) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

function Before({ outline, isPlanned }: { outline: ModelOutline; isPlanned: boolean }) {
  const classes = outline.labels.length > 0;
  return (
    <section className="opening" aria-label="Predictions of a table">
      <Icon name="table" tone="quiet" />
      <h1>{isPlanned ? 'Ready to predict every row' : 'Predict every row of a table'}</h1>
      <p>
        {isPlanned
          ? 'Press Predict Table. Nothing is written until all rows are done.'
          : 'Choose a dataset or a file. Its columns go to the inputs of their names, else in their order.'}
      </p>
      <p>
        With a column that holds what is true, metrics stand here with their intervals
        {classes ? ', which errors there are, and what groups of rows get of it' : ''}.
      </p>
    </section>
  );
}
