// Metrics of two versions, what lies between them, and where the interval of that lies; better is always at the right.
import { intervalText, signedText } from '../../../src/protocol/comparison/comparison-words';
import { directionArrow, numberText } from '../../../src/protocol/wording';
import type { ComparedRow } from './compared-rows';

/** One row a metric. */
export function ComparedTable(props: { rows: readonly ComparedRow[]; champion: string; version: string }) {
  const { rows, champion, version } = props;
  const isDrawn = rows.some(({ gain }) => gain !== null);
  return (
    <table className="figures compared">
      <caption className="unseen">
        Metrics of {champion} and {version}
      </caption>
      <thead>
        <tr>
          <th scope="col">Metric</th>
          <th scope="col" className="number">
            {champion}
          </th>
          <th scope="col" className="number">
            {version}
          </th>
          <th scope="col" className="number">
            Δ
          </th>
          {isDrawn && (
            <th scope="col" className="drawn">
              <span className="ways">
                <span>← worse</span>
                <span>better →</span>
              </span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Metric key={row.metric} row={row} isDrawn={isDrawn} />
        ))}
      </tbody>
    </table>
  );
}

function Metric({ row, isDrawn }: { row: ComparedRow; isDrawn: boolean }) {
  const { metric, direction, champion, version, gain } = row;
  const difference = typeof champion === 'number' && typeof version === 'number' ? version - champion : null;
  return (
    <tr>
      <th scope="row" className="cut">
        {metric} <span className="quiet">{directionArrow(direction)}</span>
      </th>
      <td className="number">{numberText(champion)}</td>
      <td className="number">{numberText(version)}</td>
      <td className={`number ${decided(gain)}`}>{difference === null ? '–' : signedText(difference)}</td>
      {isDrawn && <td className="drawn">{gain !== null && <Gain metric={metric} gain={gain} />}</td>}
    </tr>
  );
}

function Gain({ metric, gain }: { metric: string; gain: NonNullable<ComparedRow['gain']> }) {
  const { value, low, high } = gain;
  const most = Math.max(Math.abs(low), Math.abs(high), Math.abs(value)) * 1.15 || 1;
  const at = (place: number): string => `${50 + (50 * place) / most}%`;
  const words = `${metric}: gain ${signedText(value)}, interval ${intervalText([low, high])}`;
  return (
    <div className={`interval ${decided(gain) || 'inconclusive'}`} role="img" aria-label={words}>
      <span className="interval-zero" />
      <span className="interval-bar" style={{ left: at(low), right: `calc(100% - ${at(high)})` }} />
      <span className="interval-point" style={{ left: at(value) }} />
    </div>
  );
}

/** '' where that cannot be told. */
function decided(gain: ComparedRow['gain']): 'better' | 'worse' | '' {
  if (gain === null) return '';
  return gain.low > 0 ? 'better' : gain.high < 0 ? 'worse' : '';
}
