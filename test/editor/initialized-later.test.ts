// `slipway init` in a terminal while the window is open: the view follows without a reload.
import { describe, it } from 'vitest';
import { Editor } from './harness';
import { Project } from './project';

describe('a folder that becomes a workspace in a terminal', () => {
  it('shows its runs without a reload', async () => {
    await using project = Project.create({ initialize: false });
    await using editor = await Editor.open({ folder: project.root });
    await editor.openView('Slipway');
    await editor.page.getByRole('button', { name: 'Initialize Workspace' }).waitFor();
    project.slipway('init');
    project.record('first', 3);
    await editor.treeRow('first').waitFor();
  });
});
