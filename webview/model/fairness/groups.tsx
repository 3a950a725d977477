// One row a group: how many rows it has, and each rate with its interval.
import type { Fairness, FairnessGroup, Grouping, GroupMeasure } from '../../../src/protocol/comparison/fairness';
import { measureHeads } from '../../../src/protocol/comparison/fairness-words';
import { countText } from '../../../src/protocol/wording';
import { Fold } from '../../kit/section';
import { IntervalBar } from '../interval-bar';
import { groupName, rateText, spanText } from './fairness-words';

const shownAtFirst = 20;

interface Axis {
  from: number;
  to: number;
  isRate: boolean;
}

/** The groups in the order of the question, and all rows below them. */
export function Groups({ found, grouping }: { found: Fairness; grouping: Grouping }) {
  const { groups, columns } = grouping;
  const names = Object.keys(found.all);
  const axes = new Map(names.map((name) => [name, axisOf(name, [...groups.map((each) => each.measures), found.all])]));
  const table = { found, names, axes, head: columns.join(', ') };
  const rest = groups.slice(shownAtFirst);
  return (
    <>
      <GroupTable {...table} groups={groups.slice(0, shownAtFirst)} hasAll />
      {rest.length > 0 && (
        <Fold name="groups" label={countText(rest.length, 'more group')}>
          <GroupTable {...table} groups={rest} />
        </Fold>
      )}
    </>
  );
}

/** Rates from 0 to 1; amounts of one kind on an axis of their own. */
function axisOf(name: string, all: readonly Record<string, GroupMeasure | null>[]): Axis {
  if (!/^(mean|mae)/.test(name)) return { from: 0, to: 1, isRate: true };
  const ends = all.flatMap((measures) => {
    const measure = measures[name];
    return measure ? [measure.value, ...(measure.interval ?? [])] : [];
  });
  return { from: Math.min(...ends), to: Math.max(...ends), isRate: false };
}

interface GroupTableProps {
  found: Fairness;
  names: readonly string[];
  axes: ReadonlyMap<string, Axis>;
  head: string;
  groups: readonly FairnessGroup[];
  hasAll?: boolean;
}

function GroupTable({ found, names, axes, head, groups, hasAll = false }: GroupTableProps) {
  return (
    <table className="figures groups" aria-label={`Groups of ${head}`}>
      <thead>
        <tr>
          <th scope="col">{head}</th>
          <th scope="col" className="number">
            rows
          </th>
          {names.map((name) => (
            <th key={name} scope="col" className={`rate ${name}`}>
              {measureHeads[name] ?? name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {groups.map((group) => (
          <GroupRow key={JSON.stringify(group.values)} {...{ group, names, axes }} leastRows={found.leastRows} />
        ))}
        {hasAll && (
          <tr className="all-rows">
            <th scope="row">all rows</th>
            <td className="number">{found.rows.judged.toLocaleString('en-US')}</td>
            {names.map((name) => (
              <Rate key={name} name={name} measure={found.all[name] ?? null} axis={axes.get(name)} />
            ))}
          </tr>
        )}
      </tbody>
    </table>
  );
}

interface GroupRowProps extends Pick<GroupTableProps, 'names' | 'axes'> {
  group: FairnessGroup;
  leastRows: number;
}

function GroupRow({ group, names, axes, leastRows }: GroupRowProps) {
  return (
    <tr>
      <th scope="row" title={groupName(group)}>
        <span className="cut">{groupName(group)}</span>
      </th>
      <td className="number">{group.rows.toLocaleString('en-US')}</td>
      {group.isEnough ? (
        names.map((name) => (
          <Rate key={name} name={name} measure={group.measures[name] ?? null} axis={axes.get(name)} />
        ))
      ) : (
        <td colSpan={names.length} className="quiet">
          too few rows: {leastRows} are needed to compare it
        </td>
      )}
    </tr>
  );
}

interface RateProps {
  name: string;
  measure: GroupMeasure | null;
  axis: Axis | undefined;
}

function Rate({ name, measure, axis }: RateProps) {
  if (measure === null || axis === undefined) return <td className={`rate quiet ${name}`}>–</td>;
  const { value, interval, rows } = measure;
  const { from, to, isRate } = axis;
  const words = `${spanText(interval, isRate)}, of ${countText(rows, 'row')}`;
  return (
    <td className={`rate ${name}`} title={words}>
      <span>{rateText(value, isRate)}</span>
      <span className="unseen">{words}</span>
      <IntervalBar value={value} interval={interval} from={from} to={to} />
    </td>
  );
}
