// Above the rows: which of them, changed in what, and copied.
import { useState } from 'react';
import type { DiffRowsPage } from '../../../src/protocol/datasets/table/diff';
import type { DiffKind } from '../../../src/protocol/datasets/table/diff-panel';
import { countText } from '../../../src/protocol/wording';
import { Choice, IconButton, Segments, Switch } from '../../kit/controls';
import { useHost } from '../../kit/host/host-context';
import { Icon } from '../../kit/icon';
import type { ChangedRowsProps } from './changed-rows';
import { copiedRows } from './copied-rows';
import type { ShownColumns } from './shown-columns';

/** In the order in which they are offered. */
export const kinds: readonly DiffKind[] = ['changed', 'added', 'removed'];
const words: Readonly<Record<DiffKind, string>> = { changed: 'Changed', added: 'Added', removed: 'Removed' };

interface RowToolsProps extends ChangedRowsProps {
  there: readonly DiffKind[];
  which: DiffKind;
  column: string | null;
  page: DiffRowsPage | undefined;
  shown: ShownColumns | undefined;
}

/** One bar. */
export function RowTools(props: RowToolsProps) {
  const { found, change, there, which } = props;
  const options = there.map((value) => ({
    value,
    label: `${words[value]} ${found.rows[value].toLocaleString('en-US')}`,
  }));
  return (
    <div className="row-tools">
      <Segments
        label="Which rows"
        options={options}
        value={which}
        onChoose={(value) => change({ which: value, offset: 0 })}
      />
      {which === 'changed' && <ColumnTools {...props} />}
      <Copying {...props} />
    </div>
  );
}

function ColumnTools({ found, state, change, column }: RowToolsProps) {
  const options = [
    { value: '', label: 'in any column' },
    ...found.rows.columns.map(({ name, rows }) => ({
      value: `:${name}`,
      label: `in ${name}, ${countText(rows, 'row')}`,
    })),
  ];
  return (
    <>
      <Choice
        label="Changed in"
        options={options}
        value={column === null ? '' : `:${column}`}
        onChoose={(value) => change({ column: value === '' ? null : value.slice(1), offset: 0 })}
      />
      <Switch label="Only Changed Columns" isOn={state.isNarrow} onAct={() => change({ isNarrow: !state.isNarrow })} />
    </>
  );
}

function Copying({ page, shown, sides }: RowToolsProps) {
  const host = useHost();
  const [notice, setNotice] = useState('');
  const copy = (): void => {
    if (page === undefined || shown === undefined) return;
    host.command('text.copy', { text: copiedRows(page.rows, shown, sides) }).then(
      () => setNotice(`${countText(page.rows.length, 'row')} copied.`),
      (error: Error) => setNotice(error.message),
    );
  };
  return (
    <>
      <span className="quiet" role="status">
        {notice}
      </span>
      <IconButton label="Copy These Rows" onAct={copy}>
        <Icon name="copy" />
      </IconButton>
    </>
  );
}
