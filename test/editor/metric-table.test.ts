// A table of many metrics: only the rows in sight exist, and the keys reach all of them.
import { describe, expect, it } from 'vitest';
import { Editor } from './harness';
import { openRun } from './open-run';
import { Project } from './project';

const script = `
for step in 1 2 3; do
  line='{"step":'$step
  i=100
  while [ $i -lt 400 ]; do line="$line,\\"m$i\\":$((i * step))"; i=$((i + 1)); done
  echo "$line}" >> "$SLIPWAY_METRICS"
done`;

describe('a table of 300 metrics', () => {
  it('draws the rows in sight and takes the keys to the last and back', async () => {
    await using project = Project.create();
    project.slipway('run', '--name', 'wide', '--experiment', 'sample', '--', 'sh', '-c', script);
    await using editor = await Editor.open({ folder: project.root });
    const panel = await openRun(editor, 'wide');
    const button = (name: string) => panel.locator('.metric-name button', { hasText: name });
    await button('m100').focus();
    expect(await panel.locator('.metric-row').count()).toBeLessThan(40);
    await editor.page.keyboard.press('End');
    await expect.poll(() => panel.evaluate('document.activeElement.dataset.index')).toBe('299');
    expect(await button('m399').isVisible()).toBe(true);
    expect(await button('m100').count()).toBe(0);
    await editor.page.keyboard.press('ArrowUp');
    await expect.poll(() => panel.evaluate('document.activeElement.dataset.index')).toBe('298');
    await editor.page.keyboard.press('Home');
    await expect.poll(() => panel.evaluate('document.activeElement.dataset.index')).toBe('0');
    expect(await panel.locator('.metric-row').count()).toBeLessThan(40);
  });
});
