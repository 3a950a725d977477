// Loaded into every Node process of an editor under measurement. In the extension host it notes, four times a second,
// how long the event loop was held up at worst: a line `epoch-ms delay-ms` in $SLIPWAY_BENCH_DELAYS.
if (process.argv.includes('--type=extensionHost')) {
  const { appendFileSync } = require('node:fs');
  const { monitorEventLoopDelay } = require('node:perf_hooks');
  const resolution = 5;
  const delays = monitorEventLoopDelay({ resolution });
  delays.enable();
  setInterval(() => {
    appendFileSync(process.env.SLIPWAY_BENCH_DELAYS, `${Date.now()} ${Math.max(0, delays.max / 1e6 - resolution)}\n`);
    delays.reset();
  }, 250).unref();
}
