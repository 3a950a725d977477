/// <reference lib="dom" />
// How evenly a page is drawn, and how evenly the machine itself ran meanwhile.
import type { Frame, Page } from 'playwright-core';

/** Pauses in milliseconds. */
export interface Frames {
  p95: number;
  p99: number;
  worst: number;
  /** The longest pause of which the machine's own standing still explains less than half. */
  worstOwn: number;
}

interface Pause {
  /** When it ended, in epoch milliseconds. */
  at: number;
  gap: number;
}

/** The pauses between animation frames of a page while `work` runs. */
export async function watchFrames(page: Frame | Page, work: () => Promise<unknown>): Promise<Frames> {
  await page.evaluate(() => {
    const gaps: Pause[] = [];
    Object.assign(window, { benchGaps: gaps });
    let last = performance.now();
    const look = (now: number): void => {
      if ((window as unknown as { benchGaps: Pause[] }).benchGaps !== gaps) return;
      gaps.push({ at: performance.timeOrigin + now, gap: now - last });
      last = now;
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  const standstills = await watchMachine(work);
  const gaps = await page.evaluate(() => (window as unknown as { benchGaps: Pause[] }).benchGaps);
  const sorted = gaps.toSorted((a, b) => a.gap - b.gap);
  const own = sorted.filter((pause) => explained(pause, standstills) < pause.gap / 2);
  return {
    p95: sorted[Math.floor(sorted.length * 0.95)]?.gap ?? Number.NaN,
    p99: sorted[Math.floor(sorted.length * 0.99)]?.gap ?? Number.NaN,
    worst: sorted.at(-1)?.gap ?? Number.NaN,
    worstOwn: own.at(-1)?.gap ?? Number.NaN,
  };
}

/** Milliseconds of the pause in which this process, too, was not let run. */
function explained(pause: Pause, standstills: readonly Pause[]): number {
  let sum = 0;
  for (const { at, gap } of standstills) {
    sum += Math.max(0, Math.min(pause.at, at) - Math.max(pause.at - pause.gap, at - gap));
  }
  return sum;
}

/** When a timer of this process, which does nothing else, came late while `work` ran. */
async function watchMachine(work: () => Promise<unknown>): Promise<Pause[]> {
  const standstills: Pause[] = [];
  const tick = 5;
  let last = Date.now();
  const timer = setInterval(() => {
    const at = Date.now();
    if (at - last > 4 * tick) standstills.push({ at, gap: at - last - tick });
    last = at;
  }, tick);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  return standstills;
}
