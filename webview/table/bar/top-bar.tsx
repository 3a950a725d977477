// How the table is laid out: its view, how many runs it shows, how they are grouped, which columns it has.
import { type TableView, tableColumnOf } from '../../../src/protocol/runs/run-table';
import { countText } from '../../../src/protocol/wording';
import { Switch } from '../../kit/controls';
import { Icon, type IconName } from '../../kit/icon';
import { columnLabel } from '../columns/shown-column';

export interface TopBarProps {
  viewName: string | null;
  view: TableView;
  counts: { found: number; all: number; groups: number | null; columns: number; names: number };
  onView: () => void;
  onGroup: () => void;
  onColumns: () => void;
  onOnlyChanged: (isOn: boolean) => void;
  onExport: () => void;
}

/** The row of choices above the table. */
export function TopBar(props: TopBarProps) {
  const { view, counts } = props;
  const grouped = view.groupBy.map((id) => tableColumnOf(id)).filter((column) => column !== undefined);
  return (
    <div className="bar" role="toolbar" aria-label="Layout">
      <Chooser icon="view" label={props.viewName ?? 'All runs'} title="Choose or Save a View" onAct={props.onView} />
      <Counts {...counts} />
      <span className="grow" />
      <Chooser
        icon="group"
        label={grouped.length === 0 ? 'Group By' : grouped.map(columnLabel).join(', ')}
        prefix={grouped.length === 0 ? '' : 'Group by '}
        title="Group Runs by Columns"
        onAct={props.onGroup}
      />
      <Switch label="Only Changed" isOn={view.onlyChanged} onAct={() => props.onOnlyChanged(!view.onlyChanged)} />
      <Chooser
        icon="columns"
        label={`${counts.columns} of ${counts.names.toLocaleString('en-US')}`}
        title="Choose Columns"
        onAct={props.onColumns}
      />
      <Chooser icon="save" label="Export" title="Save the Rows as a File" onAct={props.onExport} isSecondary />
    </div>
  );
}

function Counts({ found, all, groups }: TopBarProps['counts']) {
  const ofAll = found === all ? '' : ` of ${all.toLocaleString('en-US')}`;
  const noun = found === 1 && ofAll === '' ? 'run' : 'runs';
  return (
    <span className="counts" role="status">
      <strong>{found.toLocaleString('en-US')}</strong>
      <span className="quiet">
        {ofAll} {noun}
        {groups === null ? '' : `, ${countText(groups, 'group')}`}
      </span>
    </span>
  );
}

interface ChooserProps {
  icon: IconName;
  label: string;
  title: string;
  prefix?: string;
  isSecondary?: boolean;
  onAct: () => void;
}

/** A button that lets the user choose, in a list of the editor's own. */
function Chooser({ icon, label, title, prefix = '', isSecondary = false, onAct }: ChooserProps) {
  return (
    <button
      type="button"
      className={isSecondary ? 'button chooser wide' : 'button chooser'}
      title={title}
      aria-label={`${title}: ${prefix}${label}`}
      onClick={onAct}
    >
      <Icon name={icon} />
      <span className="cut">
        <span className="wide">{prefix}</span>
        {label}
      </span>
      <Icon name="down" />
    </button>
  );
}
