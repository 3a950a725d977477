// npm run check: what can be known without running the product. Everything at once, each failure with its output.
import { bootstrap } from './setup/bootstrap.mjs';
import { runChecks } from './setup/checks.mjs';

await bootstrap(async () => {
  const results = await runChecks(['types', 'lint', 'manifest', 'architecture']);
  return results.every((result) => result.passed) ? 0 : 1;
});
