// What a person sets in VS Code reaches the engine that the window starts.
import { expect, it } from 'vitest';
import { Editor } from './harness';
import { Project } from './project';

it('the silence and the durability that are set hold for the engine of the window', async () => {
  await using project = Project.create();
  project.slipway('engine', 'stop');
  const settings = { 'slipway.engine.silence': 2.5, 'slipway.engine.durability': 'FULL' };
  await using editor = await Editor.open({ folder: project.root, settings });
  await editor.openView('Slipway');
  const status = (): unknown => JSON.parse(project.slipway('engine', 'status', '--json'));
  // Until an engine answers, the command ends with 1.
  await expect.poll(() => attempt(status), { timeout: 20_000 }).toMatchObject({ silence: 150_000, durability: 'FULL' });
});

function attempt(ask: () => unknown): unknown {
  try {
    return ask();
  } catch {
    return undefined;
  }
}
