// Which table, what its columns are for, and where the predictions go.
import { useState } from 'react';

import type { TableRoles } from '../../../src/protocol/inference/table/suggested-roles';
import type { PlannedTable, TableWork } from '../../../src/protocol/inference/table/table-panel';
import type { TakenColumns } from '../../../src/protocol/inference/table/taken-columns';
import { countText } from '../../../src/protocol/wording';
import { Button, Choice } from '../../kit/controls';

interface TableSetupProps {
  planned: PlannedTable | null;
  work: TableWork;
  trouble: string;
  /** Something else is being chosen, or looked at. */
  isChanging: boolean;
  onChoose: () => void;
  onAssign: (roles: TableRoles) => void;
  onOutput: () => void;
  onPredict: () => void;
}

/** The left side. */
export function TableSetup({ planned, work, trouble, isChanging, ...on }: TableSetupProps) {
  const { onChoose, onAssign, onOutput, onPredict } = on;
  const isGoing = work.kind === 'works';
  return (
    <section className="try-input" aria-label="Table">
      <div className="section-head">
        <h2>Table</h2>
        {planned !== null && (
          <span className="acts">
            <Button label="Other Table…" onAct={onChoose} />
          </span>
        )}
      </div>
      {planned !== null && <Plan planned={planned} onAssign={onAssign} onOutput={onOutput} />}
      {trouble !== '' && (
        <p className="field-said worse" role="alert">
          {trouble}
        </p>
      )}
      <div className="try-foot">
        {planned === null ? (
          <Button label="Choose Table…" primary onAct={onChoose} />
        ) : isGoing ? (
          <span className="note">Predicting. Changes hold for the next time.</span>
        ) : (
          <>
            <Button label="Predict Table" primary disabled={isChanging} onAct={onPredict} />
            <kbd>Ctrl+Enter</kbd>
          </>
        )}
      </div>
    </section>
  );
}

interface PlanProps {
  planned: PlannedTable;
  onAssign: (roles: TableRoles) => void;
  onOutput: () => void;
}

function Plan({ planned, onAssign, onOutput }: PlanProps) {
  const { columns, output, isThere } = planned;
  const [own, setOwn] = useState<{ of: PlannedTable; roles: TableRoles } | null>(null);
  // What was just chosen is shown until the host says what it is now.
  const roles = own?.of === planned ? own.roles : planned.roles;
  const { id, label } = roles;
  const assign = (part: Partial<TableRoles>): void => {
    const next = { ...roles, ...part };
    const slices = next.slices.filter((each) => each !== next.id && each !== next.label);
    setOwn({ of: planned, roles: { ...next, slices } });
    onAssign({ ...next, slices });
  };
  return (
    <div className="plan">
      <Rows planned={planned} />
      <Column
        name="What is true"
        none="not known"
        columns={columns}
        value={label}
        onChoose={(value) => assign({ label: value })}
      />
      <Column
        name="Rows are named by"
        none="their number"
        columns={columns}
        value={id}
        onChoose={(value) => assign({ id: value })}
      />
      <Taken taken={planned.taken} />
      <Kept columns={columns} roles={roles} onKeep={(slices) => assign({ slices })} />
      <Output {...{ output, isThere, onOutput }} />
    </div>
  );
}

function Rows({ planned: { name, rows, columns } }: { planned: PlannedTable }) {
  return (
    <div className="plan-row">
      <span className="quiet">Rows of</span>
      <span className="plan-name">
        <strong>{name}</strong>
        <span className="quiet">
          {countText(rows, 'row')}, {countText(columns.length, 'column')}
        </span>
      </span>
    </div>
  );
}

function Output({ output, isThere, onOutput }: Pick<PlannedTable, 'output' | 'isThere'> & Pick<PlanProps, 'onOutput'>) {
  return (
    <div className="plan-row">
      <span className="quiet">Written to</span>
      <span className="plan-name">
        <span className="plan-path">{output}</span>
        {isThere && <span className="quiet">A file of that name is there: you will be asked.</span>}
        <span>
          <Button label="Another File…" onAct={onOutput} />
        </span>
      </span>
    </div>
  );
}

const mostNamed = 12;

/** Which columns go into the model, and what to do where they are not as many as it takes. */
function Taken({ taken: { columns, by, wanted } }: { taken: TakenColumns }) {
  const rest = columns.length - mostNamed;
  const list = `${columns.slice(0, mostNamed).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
  return (
    <div className="plan-row">
      <span className="quiet">The model takes</span>
      <span className="plan-name">
        <span className="plan-text">{columns.length === 0 ? 'no column' : list}</span>
        {wanted === null ? (
          <span className="quiet">{by === 'name' ? 'by their names' : 'in their order'}</span>
        ) : (
          <span className="caution">
            It takes {countText(wanted, 'column')}, and these are {columns.length}.{' '}
            {by === 'name'
              ? 'Choose a table that has the others.'
              : 'What is true, what names rows, and kept columns do not go in.'}
          </span>
        )}
      </span>
    </div>
  );
}

interface ColumnProps {
  name: string;
  /** What it is called that there is none. */
  none: string;
  columns: readonly string[];
  value: string | null;
  onChoose: (value: string | null) => void;
}

/** Columns are told apart by their place, for one may be called as nothing is. */
function Column({ name, none, columns, value, onChoose }: ColumnProps) {
  const options = [none, ...columns].map((label, at) => ({ value: String(at), label }));
  const at = value === null ? 0 : columns.indexOf(value) + 1;
  return (
    <div className="plan-row">
      <span className="quiet">{name}</span>
      <Choice
        label={name}
        options={options}
        value={String(at)}
        onChoose={(chosen) => onChoose(columns[Number(chosen) - 1] ?? null)}
      />
    </div>
  );
}

interface KeptProps {
  columns: readonly string[];
  roles: TableRoles;
  onKeep: (slices: string[]) => void;
}

/** Columns that stand beside the predictions, so that rows can be grouped by them. */
function Kept({ columns, roles: { id, label, slices }, onKeep }: KeptProps) {
  const free = columns.filter((column) => column !== id && column !== label);
  const isKept = new Set(slices);
  return (
    <fieldset className="plan-row kept-columns">
      <legend className="unseen">Columns kept beside the predictions</legend>
      <span className="quiet" aria-hidden="true">
        Kept columns
      </span>
      <span className="kept-list">
        {free.length === 0 && <span className="quiet">no further column</span>}
        {free.map((column) => (
          <label key={column} title={column}>
            <input
              type="checkbox"
              checked={isKept.has(column)}
              onChange={({ currentTarget }) =>
                onKeep(free.filter((each) => (each === column ? currentTarget.checked : isKept.has(each))))
              }
            />
            <span className="cut">{column}</span>
          </label>
        ))}
      </span>
    </fieldset>
  );
}
