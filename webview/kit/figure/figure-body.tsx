// A chart, or its table where a screen reader is at work or the reader asks for it.
import { axisHead } from '../chart/axis';
import { LineChart, type LineChartProps } from '../chart/line-chart';
import { ChartTable } from '../chart/table/chart-table';
import { useKeptChoice } from '../kept/kept-choice';

/** Whether the figure of this name is shown as a table, and the means to change that. */
export function useTableTwin(name: string): [isTable: boolean, toggle: () => void] {
  const isForReader = document.body.classList.contains('vscode-using-screen-reader');
  const [isTable, setTable] = useKeptChoice(`table:${name}`, isForReader);
  return [isTable, () => setTable(!isTable)];
}

/** The picture with what stands below it. */
export function FigureBody({ isTable, note, ...chart }: LineChartProps & { isTable: boolean; note: string }) {
  const { curves, view } = chart;
  return (
    <>
      {isTable ? (
        <div className="chart-table">
          {curves.map(({ shown }) => (
            <ChartTable key={shown.key} series={shown} view={view} isNamed={curves.length > 1} />
          ))}
        </div>
      ) : (
        <LineChart {...chart} />
      )}
      {view.axis === 'metric' && <p className="chart-axis quiet">{axisHead(view)}</p>}
      {note !== '' && <p className="chart-note quiet">{note}</p>}
    </>
  );
}
