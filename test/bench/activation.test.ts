// What opening a window costs: activation only registers.
import { describe, it } from 'vitest';
import { Editor } from '../editor/harness';
import { Project } from '../editor/project';
import { median, tell } from './measurement';

const windows = 5;

describe('in the editor', () => {
  it('activation', async () => {
    await using project = Project.create();
    await using editor = await Editor.open({ folder: project.root });
    const taken: number[] = [];
    for (let window = 0; window < windows; window++) {
      // After a reload the view is still in front.
      if (window > 0) await editor.reload();
      else await editor.openView('Slipway');
      await editor.page.getByText('No runs yet.').waitFor({ timeout: 30_000 });
      await editor.runCommand('Slipway: Show Logs');
      await editor.page.locator('.panel .view-line', { hasText: 'Activated' }).last().waitFor();
      // One text: the panel wraps the line wherever its width ends.
      const shown = (await editor.page.locator('.panel .view-lines').innerText()).replace(/\s+/g, ' ');
      taken.push(Number([...shown.matchAll(/Activated in ([\d.]+) ms/g)].at(-1)?.[1]));
    }
    tell({ activation: median(taken) });
  });
});
