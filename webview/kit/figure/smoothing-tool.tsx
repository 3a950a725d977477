// How curves are smoothed, and how much.
import type { ChartLook } from '../../../src/protocol/runs/chart-look';
import { countText } from '../../../src/protocol/wording';
import { Choice } from '../controls';

const ways: readonly { value: ChartLook['smoothingBy']; label: string }[] = [
  { value: 'ema', label: 'EMA' },
  { value: 'gaussian', label: 'Gaussian' },
];
/** The strongest moving average: the past weighs 99 %. */
const mostSmoothing = 0.99;
/** The strongest Gaussian is so many points wide, and so many places of its slider are ten times as many points. */
const [mostSigma, placesToTen] = [1000, 20];

/** The way and its strength: a weight of the past, or points, which grow by equal shares along the slider. */
export function SmoothingTool({
  settings,
  onChange,
}: {
  settings: ChartLook;
  onChange: (part: Partial<ChartLook>) => void;
}) {
  const { smoothingBy, smoothing, sigma } = settings;
  const isGaussian = smoothingBy === 'gaussian';
  const strength = isGaussian ? sigma : smoothing;
  const text = isGaussian ? `σ ${sigma}` : smoothing === 0 ? '0' : smoothing.toFixed(2);
  const words = strength === 0 ? 'none' : isGaussian ? countText(sigma, 'point') : text;
  return (
    <span className="smoothing">
      Smoothing
      <Choice
        label="Moving average or Gaussian"
        options={ways}
        value={smoothingBy}
        onChoose={(chosen) => onChange({ smoothingBy: chosen })}
      />
      <input
        type="range"
        aria-label="Smoothing"
        aria-valuetext={words}
        min={0}
        max={isGaussian ? placeOf(mostSigma) : mostSmoothing}
        step={isGaussian ? 1 : 0.01}
        value={isGaussian ? placeOf(sigma) : smoothing}
        onChange={({ currentTarget: { value } }) =>
          onChange(isGaussian ? { sigma: sigmaAt(Number(value)) } : { smoothing: Number(value) })
        }
      />
      <span className="number">{text}</span>
    </span>
  );
}

/** Whole points with two digits; 0 at the slider's start, 1 behind it. */
function sigmaAt(place: number): number {
  return place === 0 ? 0 : Number((10 ** ((place - 1) / placesToTen)).toPrecision(2));
}

function placeOf(sigma: number): number {
  return sigma === 0 ? 0 : Math.round(Math.log10(sigma) * placesToTen) + 1;
}
