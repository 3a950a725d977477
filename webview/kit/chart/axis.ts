// Ticks and their words for the horizontal axes and the vertical one.
import type { ChartAxis } from '../../../src/protocol/series';
import { durationText, numberText } from '../../../src/protocol/wording';
import type { ChartView } from './curve';

const timeSteps = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400, 172_800, 604_800,
];

/** No axis has more ticks, whatever it spans. */
const mostTicks = 48;

/** Ticks for a range of seconds or, on the wall axis, of milliseconds: whole seconds, minutes, hours. */
export function timeTicks(axis: ChartAxis, from: number, to: number, most: number): number[] {
  const unit = axis === 'wall' ? 1000 : 1;
  const range = (to - from) / unit;
  if (range < 2) return niceTicks(from, to, most);
  const step = (timeSteps.find((each) => range / each <= most) ?? Math.ceil(range / most / 86_400) * 86_400) * unit;
  // Wall ticks lie on the local clock's whole minutes and hours.
  const shift = axis === 'wall' ? new Date(from).getTimezoneOffset() * 60_000 : 0;
  return multiples(step, from - shift, to - shift).map((tick) => tick + shift);
}

/** Round numbers between two bounds, at most about `most` of them; none when a bound is NaN. */
export function niceTicks(from: number, to: number, most: number): number[] {
  const rough = Math.min(to - from, Number.MAX_VALUE) / Math.min(mostTicks, Math.max(1, most));
  if (!(rough > 0)) return Number.isFinite(from) ? [from] : [];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((each) => each * power >= rough * 0.999) ?? 10) * power;
  return multiples(step, from, to);
}

/** Multiples of `step` between two bounds, each once. Counted first: a step below the last digit of a bound adds nothing. */
function multiples(step: number, from: number, to: number): number[] {
  const first = Math.ceil(from / step - 1e-9);
  const count = Math.min(mostTicks, Math.floor(to / step + 1e-9) - first + 1);
  if (!(count > 0)) return [];
  const digits = Math.ceil(Math.log10(Math.max(Math.abs(from), Math.abs(to)) / step)) + 1;
  const precision = Math.min(17, Math.max(12, digits || 0));
  const ticks = Array.from({ length: count }, (_, index) => Number(((first + index) * step).toPrecision(precision)));
  const slack = step * 1e-9;
  return [...new Set(ticks)].filter((tick) => Number.isFinite(tick) && tick >= from - slack && tick <= to + slack);
}

const heads = { step: 'Step', relative: 'After', wall: 'Time' } as const;

/** What heads a column of places: a metric by its own name. */
export function axisHead({ axis, along }: Pick<ChartView, 'axis' | 'along'>): string {
  return axis === 'metric' ? along : heads[axis];
}

/** A place on the horizontal axis in words. */
export function placeText(axis: ChartAxis, x: number): string {
  if (axis === 'metric') return numberText(x);
  if (axis === 'step') return x.toLocaleString('en-US', { maximumFractionDigits: 0 });
  if (axis === 'relative') return durationText(x * 1000);
  return new Date(x).toLocaleTimeString('en-GB');
}

/** The same for one of many places `width` apart, in units of the axis: with the digits that tell them apart. */
export function exactPlaceText(axis: ChartAxis, x: number, width: number): string {
  const seconds = axis === 'wall' ? width / 1000 : width;
  if (axis === 'step' || axis === 'metric' || seconds >= 1) return placeText(axis, x);
  const digits = Math.min(3, Math.max(1, Math.ceil(-Math.log10(seconds)))) as 1 | 2 | 3;
  if (axis === 'wall') return new Date(x).toLocaleTimeString('en-GB', { ...clockTime, fractionalSecondDigits: digits });
  const whole = Math.floor(x / 60);
  const rest = `${(x - whole * 60).toFixed(digits)} s`;
  return whole === 0 ? rest : `${durationText(whole * 60_000)} ${rest}`;
}

const clockTime = { hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;

/** A horizontal tick; shorter than `placeText` where the range allows it. */
export function tickText(axis: ChartAxis, x: number, range: number): string {
  if (axis === 'relative') return x === 0 ? '0' : durationText(x * 1000).replace(/^(\d)\.0 s$/, '$1 s');
  if (axis !== 'wall') return compact(x);
  const clock: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' };
  if (range > 172_800_000) return new Date(x).toLocaleDateString('en-GB', { day: 'numeric', month: 'short' });
  return new Date(x).toLocaleTimeString('en-GB', range < 300_000 ? { ...clock, second: '2-digit' } : clock);
}

/** A vertical tick with the digits that its step needs, no more. */
export function valueTickText(value: number, step: number): string {
  if (value !== 0 && (Math.abs(value) >= 1e6 || Math.abs(step) < 1e-5))
    return value.toExponential(1).replaceAll('-', '−');
  const digits = Math.max(0, -Math.floor(Math.log10(Math.abs(step) || 1) + 1e-9));
  return value
    .toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })
    .replace('-', '−');
}

function compact(x: number): string {
  if (Math.abs(x) >= 1e6) return `${numberText(x / 1e6).replace(/\.?0+$/, '')} M`;
  return x.toLocaleString('en-US');
}
