// When an engine may end: two minutes after the last client left, unless something it must watch is alive.
import { statSync } from 'node:fs';
import type { Disposable } from '../base/disposable';

/** What the life of an engine depends on. Times in milliseconds. */
export interface LifeOptions {
  /** The workspace's `.slipway`; an engine whose folder was moved or removed has nothing left to serve. */
  home: string;
  /** How long it stays without a client; Infinity never ends it for idleness. */
  idleLimit: number;
  /** One sentence per thing that must not lose its engine. */
  reasons: () => string[];
  /** False once the program that it runs was moved or removed. */
  isWhole: () => boolean;
  now: () => number;
  end: (why: string) => void;
  /** Nobody has asked anything for a while. Called once until somebody asks again. */
  rest: () => void;
}

/** Milliseconds without a request. */
const restAfter = 20_000;

/** Counts windows and requests, and ends the engine when nobody is left. */
export class EngineLife implements Disposable {
  readonly #options: LifeOptions;
  readonly #folder: number;
  readonly #timer: NodeJS.Timeout;
  #windows = 0;
  #lastSeen: number;
  #rests = false;

  constructor(options: LifeOptions) {
    this.#options = options;
    this.#folder = statSync(options.home).ino;
    this.#lastSeen = options.now();
    this.#timer = setInterval(() => this.#look(), Math.min(2000, Math.max(100, options.idleLimit / 4)));
  }

  /** Windows that listen for events now. */
  get windows(): number {
    return this.#windows;
  }

  /** A request came in. */
  seen(): void {
    this.#lastSeen = this.#options.now();
    this.#rests = false;
  }

  /** A window began (+1) or stopped (-1) listening. */
  windowChanged(by: 1 | -1): void {
    this.#windows += by;
    this.seen();
  }

  /** Why this engine stays, one sentence each; empty when it only waits for its idle time to pass. */
  keptAliveBy(): string[] {
    const reasons = this.#options.reasons();
    if (this.#windows > 0)
      reasons.unshift(this.#windows === 1 ? 'One window is open.' : `${this.#windows} windows are open.`);
    if (this.#options.idleLimit === Number.POSITIVE_INFINITY) reasons.push('It was started with --foreground.');
    return reasons;
  }

  dispose(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    if (this.#folderIsGone()) {
      this.#options.end('its folder was moved or removed');
      return;
    }
    // What is being recorded goes on; else the next engine, from where the program lies now, can do more.
    if (!this.#options.isWhole() && this.#options.reasons().length === 0) {
      this.#options.end('the program that it runs was moved or removed');
      return;
    }
    const idle = this.#options.now() - this.#lastSeen;
    if (idle >= restAfter && !this.#rests) {
      this.#rests = true;
      this.#options.rest();
    }
    if (idle < this.#options.idleLimit) return;
    if (this.keptAliveBy().length > 0) return;
    this.#options.end('nobody used it any more');
  }

  #folderIsGone(): boolean {
    try {
      return statSync(this.#options.home).ino !== this.#folder;
    } catch {
      return true;
    }
  }
}
