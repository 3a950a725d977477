// How all charts of the panel are looked at: axis, scales, smoothing, and the way back from a zoom.
import { isMachineMetric } from '../../../src/protocol/machine-metric';
import type { MetricSummary } from '../../../src/protocol/run';
import type { ChartLook } from '../../../src/protocol/runs/chart-look';
import type { ChartAxis } from '../../../src/protocol/series';
import { Button, Choice, Segments, Switch } from '../controls';
import { SmoothingTool } from './smoothing-tool';

const axes: readonly { value: ChartAxis; label: string }[] = [
  { value: 'step', label: 'Step' },
  { value: 'relative', label: 'Relative' },
  { value: 'wall', label: 'Wall' },
  { value: 'metric', label: 'Metric' },
];

/** A part of one axis is no part of another. */
const otherAxis = { zoom: null };

/** The metrics that can be an axis: those of more than one point, which are not of the machine. */
export function axisKeys(metrics: readonly MetricSummary[]): string[] {
  return metrics.filter(({ key, count }) => count > 1 && !isMachineMetric(key)).map(({ key }) => key);
}

/** Acts of the charts' section. `keys` are the metrics that can be the horizontal axis. */
export function ChartTools(props: {
  settings: ChartLook;
  keys: readonly string[];
  isZoomed: boolean;
  onChange: (part: Partial<ChartLook>) => void;
}) {
  const { settings, onChange } = props;
  const { axis, along, scaleX, scaleY } = settings;
  // One that is chosen stays to be seen, also where no run of the panel has it.
  const keys = along === '' || props.keys.includes(along) ? props.keys : [along, ...props.keys];
  const [first = ''] = keys;
  return (
    <>
      {props.isZoomed && <Button label="Reset Zoom" onAct={() => onChange({ zoom: null })} />}
      <SmoothingTool settings={settings} onChange={onChange} />
      <Segments
        label="Horizontal axis"
        options={axes.filter(({ value }) => value !== 'metric' || keys.length > 0)}
        value={axis}
        onChoose={(chosen) => onChange({ axis: chosen, along: along === '' ? first : along, ...otherAxis })}
      />
      {axis === 'metric' && keys.length > 0 && (
        <Choice
          label="Metric on the horizontal axis"
          options={keys.map((key) => ({ value: key, label: key }))}
          value={along}
          onChoose={(chosen) => onChange({ along: chosen, ...otherAxis })}
        />
      )}
      {axis !== 'wall' && (
        <Switch
          label="Log x"
          isOn={scaleX === 'log'}
          onAct={() => onChange({ scaleX: opposite(scaleX), ...otherAxis })}
        />
      )}
      <Switch label="Log y" isOn={scaleY === 'log'} onAct={() => onChange({ scaleY: opposite(scaleY) })} />
    </>
  );
}

function opposite(scale: ChartLook['scaleX']): ChartLook['scaleX'] {
  return scale === 'log' ? 'linear' : 'log';
}
