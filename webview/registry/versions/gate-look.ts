// How a gate's state looks beside a version: shape first, colour last.
import type { GateState } from '../../../src/protocol/models/registry/model-version';
import type { IconName } from '../../kit/icon';

const looks: Readonly<Record<GateState, { icon: IconName; tone: string }>> = {
  pass: { icon: 'finished', tone: 'better' },
  warn: { icon: 'caution', tone: 'caution' },
  fail: { icon: 'failed', tone: 'worse' },
  error: { icon: 'failed', tone: 'worse' },
  inconclusive: { icon: 'unknown', tone: 'quiet' },
  outdated: { icon: 'queued', tone: 'quiet' },
  unjudged: { icon: 'killed', tone: 'quiet' },
  ungated: { icon: 'killed', tone: 'quiet' },
};

/** The icon and its colour. */
export function gateLook(state: GateState): { icon: IconName; tone: string } {
  return looks[state];
}
