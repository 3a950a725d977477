// How traces and spans are put into words.
import type { TraceState } from '../../../src/protocol/runs/trace';
import { durationText } from '../../../src/protocol/wording';
import type { IconName } from '../../kit/icon';

interface StateWords {
  word: string;
  icon: IconName;
  tone: string;
}

const states: Record<TraceState, StateWords> = {
  OK: { word: 'OK', icon: 'finished', tone: 'better' },
  ERROR: { word: 'Error', icon: 'failed', tone: 'worse' },
  IN_PROGRESS: { word: 'In progress', icon: 'running', tone: 'live' },
  STATE_UNSPECIFIED: { word: 'Unknown', icon: 'unknown', tone: 'quiet' },
};

/** The word, icon and colour of a trace's state. */
export function stateWords(state: TraceState): StateWords {
  return states[state];
}

/** Milliseconds as people read them in a trace: `0.24 ms`, `12 ms`, `1.2 s`; a dash while it is not known. */
export function spanTimeText(milliseconds: number | null): string {
  if (milliseconds === null) return '–';
  if (milliseconds >= 1000) return durationText(milliseconds);
  if (milliseconds >= 10) return `${Math.round(milliseconds)} ms`;
  return `${milliseconds.toFixed(milliseconds >= 1 ? 1 : 2)} ms`;
}

/** A value as text to read and copy: JSON on lines of its own, texts without quotes. */
export function valueText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}

/** The kind of a span in words; nothing for one that has none. */
export function typeWord(type: string): string {
  return type === 'UNKNOWN' ? '' : type.toLowerCase().replaceAll('_', ' ');
}
