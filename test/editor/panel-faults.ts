// What keeps some people from reading a panel.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Frame } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core finds in a panel at levels A and AA, one line a fault. */
export async function faultsOf(panel: Frame): Promise<string[]> {
  await panel.evaluate(axe);
  return panel.evaluate(`axe.run(document.getElementById('root'), { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa'] }).then(
    ({ violations }) => violations.flatMap((each) => each.nodes.map((node) => each.id + ': ' + node.html)))`);
}
