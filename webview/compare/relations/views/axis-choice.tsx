// Which params and metrics are axes.
import type { RelationColumn } from '../../../../src/protocol/comparison/relations';
import { Switch } from '../../../kit/controls';
import { Fold } from '../../../kit/section';
import { byStrength, type RelationView } from '../related-runs';

/** Folded away: the axes in use first, then what else there is, from the strongest on. */
export function AxisChoice({ view, columns }: { view: RelationView; columns: readonly RelationColumn[] }) {
  const { target, change } = view;
  const used = columns.map(({ id }) => id);
  const others = [target, ...byStrength(view)].filter(({ id }) => !used.includes(id));
  const all = used.length + others.length;
  const turn = (id: string): void =>
    change({ axes: used.includes(id) ? used.filter((each) => each !== id) : [...used, id] });
  return (
    <Fold name="relations:axes" label={`Axes: ${used.length} of ${all}`}>
      <fieldset className="relation-choice" aria-label="Axes">
        {[...columns, ...others].map(({ id, name }) => (
          <Switch
            key={id}
            label={name}
            isOn={used.includes(id)}
            onAct={() => (used.length > 2 || !used.includes(id)) && turn(id)}
          />
        ))}
      </fieldset>
    </Fold>
  );
}
