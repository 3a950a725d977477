// How all charts of the panel are looked at: axis, scales, smoothing, and the way back from a zoom.
import type { RunPanelState } from '../../../src/protocol/panel';
import type { ChartAxis } from '../../../src/protocol/series';
import { Button, Segments, Switch } from '../controls';

const axes: readonly { value: ChartAxis; label: string }[] = [
  { value: 'step', label: 'Step' },
  { value: 'relative', label: 'Relative' },
  { value: 'wall', label: 'Wall' },
];
/** The strongest smoothing: the past weighs 99 %. */
const mostSmoothing = 0.99;

/** A part of one axis is no part of another. */
const otherAxis = { zoom: null };

/** What of the panel's state the tools show and change. */
export type ChartSettings = Pick<RunPanelState, 'axis' | 'scaleX' | 'scaleY' | 'smoothing' | 'zoom'>;

/** Acts of the charts' section. */
export function ChartTools(props: {
  settings: ChartSettings;
  isZoomed: boolean;
  onChange: (part: Partial<ChartSettings>) => void;
}) {
  const { settings, onChange } = props;
  const { axis, scaleX, scaleY, smoothing } = settings;
  return (
    <>
      {props.isZoomed && <Button label="Reset Zoom" onAct={() => onChange({ zoom: null })} />}
      <label className="smoothing">
        Smoothing
        <input
          type="range"
          min={0}
          max={mostSmoothing}
          step={0.01}
          value={smoothing}
          aria-valuetext={smoothing === 0 ? 'none' : smoothing.toFixed(2)}
          onChange={(event) => onChange({ smoothing: Number(event.currentTarget.value) })}
        />
        <span className="number">{smoothing === 0 ? '0' : smoothing.toFixed(2)}</span>
      </label>
      <Segments
        label="Horizontal axis"
        options={axes}
        value={axis}
        onChoose={(chosen) => onChange({ axis: chosen, ...otherAxis })}
      />
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

function opposite(scale: ChartSettings['scaleX']): ChartSettings['scaleX'] {
  return scale === 'log' ? 'linear' : 'log';
}
