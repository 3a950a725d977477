// Every column's movement: the verdict's order, the common scale, and how it was over the versions.
import { useMemo } from 'react';
import type { DriftColumn } from '../../../src/protocol/datasets/drift';
import { weightText } from '../../../src/protocol/datasets/panel/column-weights';
import type { DriftMoment } from '../../../src/protocol/datasets/panel/panel-api';
import { fromWire } from '../../../src/protocol/number';
import { Icon } from '../../kit/icon';
import { useRowKeys } from '../../kit/row-keys';
import { DriftAxis, DriftBar, DriftSpark, type SparkPoint } from './drift-bar';
import { type DriftScale, driftScale } from './drift-scale';
import { adjustedText, driftLook, methodName, scoreText } from './drift-words';

interface DriftTableProps {
  /** In the order in which they are shown. */
  columns: readonly DriftColumn[];
  chosen: string;
  /** How much each counts in the model, from 0 to 1; empty where nothing says so. */
  shares: ReadonlyMap<string, number>;
  /** What says so. */
  weighedBy: string;
  /** From the oldest version to the newest. */
  moments: readonly DriftMoment[];
  /** The version in sight: the small curves end with it. */
  version: string;
  onChoose: (column: string) => void;
}

/** One row a column; Tab reaches the chosen one. */
export function DriftTable(props: DriftTableProps) {
  const { columns, chosen, shares, weighedBy, moments, version, onChoose } = props;
  const scale = useMemo(() => driftScale(columns), [columns]);
  const names = columns.map(({ column }) => column);
  // Tab reaches the first row where the chosen one is not in sight.
  const at = Math.max(0, names.indexOf(chosen));
  const keys = useRowKeys(names, at, (place) => onChoose(names[place] ?? ''));
  const until = moments.findIndex(({ id }) => id === version);
  const past = until === -1 ? moments : moments.slice(0, until + 1);
  const most = Math.max(...shares.values());
  const isOverTime = past.filter((moment) => moment.columns !== null).length > 1;
  return (
    <table className="rows drift-table" onKeyDown={keys.onKeyDown} aria-label="Drift of each column">
      <Head
        columns={columns}
        scale={scale}
        past={isOverTime ? past.length : 0}
        weighedBy={shares.size > 0 ? weighedBy : null}
      />
      <tbody>
        {columns.map((column, place) => (
          <Row
            key={column.column}
            {...{ column, scale, place, onChoose }}
            weight={shares.size > 0 ? { share: shares.get(column.column), most } : undefined}
            isChosen={column.column === chosen}
            isReached={place === at}
            points={isOverTime ? pointsOf(past, column.column) : undefined}
          />
        ))}
      </tbody>
    </table>
  );
}

interface HeadProps {
  columns: readonly DriftColumn[];
  scale: DriftScale;
  /** Over how many versions the small curves go; 0 without them. */
  past: number;
  /** Null: without weights. */
  weighedBy: string | null;
}

function Head({ columns, scale, past, weighedBy }: HeadProps) {
  const methods = [...new Set(columns.filter(({ isTest }) => !isTest).map(({ method }) => methodName(method)))];
  return (
    <thead>
      <tr>
        <th scope="col" className="name">
          Column
        </th>
        {weighedBy !== null && (
          <th scope="col" className="weight" title={`How much the column counts in the model: ${weighedBy}`}>
            Weight
          </th>
        )}
        <th scope="col">
          Moved by{methods.length === 1 ? `, ${methods[0]}` : ''}
          <DriftAxis scale={scale} />
        </th>
        <th scope="col" className="number score" aria-label="Moved by, as a number" />
        <th scope="col" className="number p wide">
          p, BH
        </th>
        {past > 0 && (
          <th scope="col" className="spark wide">
            {past} versions
          </th>
        )}
        <th scope="col" className="verdict-cell">
          Verdict
        </th>
      </tr>
    </thead>
  );
}

interface RowProps {
  column: DriftColumn;
  scale: DriftScale;
  place: number;
  isChosen: boolean;
  /** By Tab. */
  isReached: boolean;
  points: (SparkPoint | null)[] | undefined;
  /** `share` undefined: not known. `most` is the largest of all. */
  weight: { share: number | undefined; most: number } | undefined;
  onChoose: (column: string) => void;
}

function Row({ column, scale, place, isChosen, isReached, points, weight, onChoose }: RowProps) {
  const look = driftLook[column.verdict];
  return (
    <tr aria-selected={isChosen} tabIndex={isReached ? 0 : -1} data-row={place} onClick={() => onChoose(column.column)}>
      <th scope="row" className="cut name" title={column.column}>
        {column.column}
      </th>
      {weight !== undefined && <Weight {...weight} />}
      <td>
        <DriftBar column={column} scale={scale} />
      </td>
      <td className="number score" title={methodName(column.method)}>
        {scoreText(column)}
      </td>
      <td className="number p wide">{adjustedText(column.pAdjusted)}</td>
      {points !== undefined && (
        <td className="spark wide">
          <DriftSpark points={points} scale={scale} />
        </td>
      )}
      <td className="verdict-cell">
        <span className="state">
          <Icon name={look.icon} tone={look.tone} />
          {look.word}
        </span>
      </td>
    </tr>
  );
}

function Weight({ share, most }: { share: number | undefined; most: number }) {
  if (share === undefined) {
    return (
      <td className="weight quiet" title="This column has no weight">
        not known
      </td>
    );
  }
  return (
    <td className="weight">
      <svg className="weight-mark" width="28" height="8" aria-hidden="true">
        <rect className="weight-bar" width={Math.max(1, (28 * share) / most)} height="8" />
      </svg>
      {weightText(share)}
    </td>
  );
}

function pointsOf(moments: readonly DriftMoment[], column: string): (SparkPoint | null)[] {
  return moments.map(({ columns }) => {
    const own = columns?.[column];
    return own === undefined ? null : { score: fromWire(own.score), noise: own.noise, threshold: own.threshold };
  });
}
