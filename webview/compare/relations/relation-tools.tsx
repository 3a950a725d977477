// What the section shows: which view, which metric and number of it, what is across, which scales.
import type { RelationsState } from '../../../src/protocol/comparison/compare-panel';
import { relationStats } from '../../../src/protocol/comparison/relation-stat';
import type { RelationColumn } from '../../../src/protocol/comparison/relations';
import type { AxisScale } from '../../../src/protocol/series';
import { Segments, Switch } from '../../kit/controls';
import { usualScale } from './axes/value-axis';
import { outcomesOf, type RelationView } from './related-runs';

type ViewName = RelationsState['view'];

const views: readonly { value: ViewName; label: string }[] = [
  { value: 'importance', label: 'Importance' },
  { value: 'scatter', label: 'Scatter' },
  { value: 'parallel', label: 'Parallel' },
  { value: 'bar', label: 'Bar' },
];

const stats = relationStats.map((stat) => ({
  value: stat,
  label: `${stat.slice(0, 1).toUpperCase()}${stat.slice(1)}`,
}));

/** Above the picture. */
export function RelationTools(props: {
  view: RelationView;
  chosen: ViewName;
  isFew: boolean;
  across: RelationColumn | undefined;
}) {
  const { view, chosen, isFew, across } = props;
  const { values, target, state, change } = view;
  return (
    <div className="relation-choices">
      <Segments
        label="View"
        options={isFew ? views.slice(1) : views}
        value={chosen}
        onChoose={(name) => change({ view: name })}
      />
      <ColumnSelect
        label="Metric"
        columns={outcomesOf(values)}
        value={target.id}
        onChoose={(id) => change({ target: id, scaleY: null })}
      />
      {target.of === 'metric' && (
        <Segments
          label="Value of the metric"
          options={stats}
          value={state.stat}
          onChoose={(stat) => change({ stat })}
        />
      )}
      {chosen === 'scatter' && across !== undefined && <AcrossTools view={view} across={across} />}
      {chosen === 'bar' && (
        <Switch label="From Zero" isOn={state.fromZero} onAct={() => change({ fromZero: !state.fromZero })} />
      )}
    </div>
  );
}

/** What is across, and the scales of both axes. */
function AcrossTools({ view, across }: { view: RelationView; across: RelationColumn }) {
  const { values, target, state, change } = view;
  const others = values.columns.filter(({ id }) => id !== target.id);
  const [scaleX, scaleY] = [state.scaleX ?? usualScale(across), state.scaleY ?? usualScale(target)];
  return (
    <>
      <span className="relation-across">
        over
        <ColumnSelect
          label="Across"
          columns={others}
          value={across.id}
          onChoose={(id) => change({ across: id, scaleX: null })}
        />
      </span>
      {across.kind === 'number' && (
        <Switch label="Log x" isOn={scaleX === 'log'} onAct={() => change({ scaleX: opposite(scaleX) })} />
      )}
      <Switch label="Log y" isOn={scaleY === 'log'} onAct={() => change({ scaleY: opposite(scaleY) })} />
    </>
  );
}

function ColumnSelect(props: {
  label: string;
  columns: readonly RelationColumn[];
  value: string;
  onChoose: (id: string) => void;
}) {
  return (
    <select
      className="field relation-select"
      aria-label={props.label}
      title={props.label}
      value={props.value}
      onChange={(event) => props.onChoose(event.currentTarget.value)}
    >
      {props.columns.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}

function opposite(scale: AxisScale): AxisScale {
  return scale === 'log' ? 'linear' : 'log';
}
