// Two tables: what differs in their columns, their rows and their numbers.
import { useMemo } from 'react';
import type { TableDiff } from '../../src/protocol/datasets/table/diff';
import type { DiffPanelState, DiffSide, DiffSides } from '../../src/protocol/datasets/table/diff-panel';
import { IconButton } from '../kit/controls';
import { useHost } from '../kit/host/host-context';
import { Icon } from '../kit/icon';
import { type KeptChoices, KeptChoicesContext } from '../kit/kept/kept-choice';
import { useKeptState } from '../kit/kept/kept-state';
import { MovedNumbers } from './columns/moved-numbers';
import { SchemaChanges } from './columns/schema-changes';
import { type Compared, useCompared } from './compared';
import { firstState } from './diff-state';
import { diffSentences } from './diff-words';
import { Going } from './going';
import { KeyChoice } from './key-choice';
import { ChangedRows } from './rows/changed-rows';

/** The change of a part of the state. */
export type Change = (part: Partial<DiffPanelState>) => void;

/** The whole page. */
export function DiffPanel({ boot }: { boot: DiffSides }) {
  const [state, change] = useKeptState(useHost(), (kept) => firstState(boot, kept));
  const compared = useCompared(state);
  const choices = useMemo<KeptChoices>(
    () => ({ chosen: state.open, choose: (name, isOpen) => change({ open: { ...state.open, [name]: isOpen } }) }),
    [state.open, change],
  );
  const { found } = compared;
  const sides = state.isSwapped ? { before: boot.after, after: boot.before } : boot;
  return (
    <main className="panel" aria-busy={compared.state === 'works'}>
      <Header sides={sides} change={change} isSwapped={state.isSwapped} />
      <Going compared={compared} change={change} isKeyed={state.key === null || state.key.length > 0} />
      <KeptChoicesContext value={choices}>
        {found !== undefined && compared.state !== 'failed' && <Shown {...{ found, compared, sides, state, change }} />}
      </KeptChoicesContext>
    </main>
  );
}

function Header({ sides, change, isSwapped }: { sides: DiffSides; change: Change; isSwapped: boolean }) {
  return (
    <header className="head">
      <div className="head-title">
        <Icon name="compare" />
        <SideName side={sides.before} />
        <span className="quiet" role="img" aria-label="compared with">
          →
        </span>
        <SideName side={sides.after} />
      </div>
      <div className="head-acts">
        <IconButton label="Swap Sides" onAct={() => change({ isSwapped: !isSwapped, offset: 0, which: null })}>
          <Icon name="swap" />
        </IconButton>
      </div>
    </header>
  );
}

function SideName({ side }: { side: DiffSide }) {
  const { name } = side;
  return (
    <strong className="cut" title={side.is === 'file' ? side.path : `${side.dataset}@${side.version}`}>
      {name}
    </strong>
  );
}

interface ShownProps {
  found: TableDiff;
  compared: Compared;
  sides: DiffSides;
  state: DiffPanelState;
  change: Change;
}

function Shown({ found, compared, sides, state, change }: ShownProps) {
  const { isSame, sentence, support } = diffSentences(found);
  const { ambiguous } = found.rows;
  const isUnsure = ambiguous.before + ambiguous.after > 0;
  const [icon, tone] = isSame ? (['finished', 'better'] as const) : (['compare', 'quiet'] as const);
  return (
    <>
      <section className="opening" aria-label="What differs">
        <Icon name={isUnsure ? 'caution' : icon} tone={isUnsure ? 'caution' : tone} />
        <h1>{sentence}</h1>
        <p>{support}</p>
        <span className="unseen" role="status">
          {sentence}
        </span>
      </section>
      {found.notes.length > 0 && <p className="banner">{found.notes.join(' ')}</p>}
      <SchemaChanges schema={found.schema} />
      <KeyChoice
        found={found}
        keys={state.key ?? found.rows.key}
        onKey={(key) => change({ key, column: null, offset: 0, which: null })}
      />
      <ChangedRows {...{ found, sides, state, change }} number={compared.number} />
      <MovedNumbers columns={found.columns} />
    </>
  );
}
