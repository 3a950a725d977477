/// <reference lib="dom" />
// How soon a star, a name or a tag is seen after the key that sets it, before any engine has answered.
import type { Frame, Page } from 'playwright-core';
import { describe, it } from 'vitest';
import { Editor } from '../editor/harness';
import { openRun } from '../editor/open-run';
import { Project } from '../editor/project';
import { median, tell } from './measurement';

const rounds = 6;

describe('a run that is marked', () => {
  it('shows it', async () => {
    await using project = Project.create();
    project.record('marked', 20);
    await using editor = await Editor.open({ folder: project.root });
    const panel = await openRun(editor, 'marked');
    const tags: number[] = [];
    for (let round = 0; round < rounds; round++) {
      await panel.getByText('Add Tag').click();
      const field = panel.getByLabel('New tag, as name=value');
      await field.fill(`round=${round}`);
      tags.push(await seenAfter(panel, { within: '.tags', text: String(round) }, () => field.press('Enter')));
      await panel.getByRole('button', { name: 'Remove Tag: round' }).click();
      await panel.locator('.tag').waitFor({ state: 'detached' });
    }

    const [stars, names]: [number[], number[]] = [[], []];
    const { keyboard } = editor.page;
    const rows = '.sidebar .monaco-list-row';
    for (let round = 0; round < rounds; round++) {
      await editor.treeRow(/^marked|^round/).click();
      await editor.page.waitForTimeout(1000);
      const star = () => keyboard.press('Shift+8');
      stars.push(await seenAfter(editor.page, { within: `${rows}[aria-label*=", starred"]`, text: '' }, star));
      await editor.page.waitForTimeout(1000);
      await star();
      await editor.page.waitForTimeout(1000);
      await keyboard.press('F2');
      await editor.page.locator('.quick-input-widget:visible input').first().fill(`round ${round}`);
      const enter = () => keyboard.press('Enter');
      names.push(await seenAfter(editor.page, { within: rows, text: `round ${round}` }, enter));
      await editor.page.waitForTimeout(1000);
    }
    tell({
      ...{ starSeen: median(stars), starSeenWorst: Math.max(...stars) },
      ...{ nameSeen: median(names), nameSeenWorst: Math.max(...names) },
      ...{ tagSeen: median(tags), tagSeenWorst: Math.max(...tags) },
    });
  });
});

/** Milliseconds from the key that `press` presses in a page to the frame in which an element holds a text. */
async function seenAfter(
  page: Page | Frame,
  wanted: { within: string; text: string },
  press: () => Promise<void>,
): Promise<number> {
  await page.evaluate(({ within, text }) => {
    const isSeen = (): boolean =>
      [...document.querySelectorAll(within)].some((element) => element.textContent?.includes(text));
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Shift') return;
      window.removeEventListener('keydown', onKey, true);
      const pressed = performance.now();
      const look = (): void => {
        if (isSeen()) Object.assign(window, { benchSeen: performance.now() - pressed });
        else requestAnimationFrame(look);
      };
      look();
    };
    Object.assign(window, { benchSeen: undefined });
    window.addEventListener('keydown', onKey, true);
  }, wanted);
  await press();
  const seen = await page.waitForFunction(() => (window as { benchSeen?: number }).benchSeen);
  return (await seen.jsonValue()) as number;
}
