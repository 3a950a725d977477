// One crosshair for all charts of a panel: where it is, in axis units, and who is told when it moves.
import { useSyncExternalStore } from 'react';

/** The shared place; null when nobody points at a chart. */
export class Crosshair {
  readonly #listeners = new Set<() => void>();
  #x: number | null = null;

  get x(): number | null {
    return this.#x;
  }

  move(x: number | null): void {
    if (x === this.#x) return;
    this.#x = x;
    for (const listener of this.#listeners) listener();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

/** The crosshair's place, followed. */
export function useCrosshair(crosshair: Crosshair): number | null {
  return useSyncExternalStore(crosshair.subscribe, () => crosshair.x);
}
