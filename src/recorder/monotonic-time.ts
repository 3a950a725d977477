// A clock that no one sets. `performance` is the usual one, but Node loads it at first use, which every run would pay for.

/** Milliseconds since this process began. */
export function monotonicTime(): number {
  return process.uptime() * 1000;
}
