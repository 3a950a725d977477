// The run panel: back after a reload, strict policy, readable by everybody, files in VS Code's own editors.
import { describe, expect, it } from 'vitest';
import type { Theme } from './code-server';
import { openRun } from './open-run';
import { faultsOf } from './panel-faults';
import { Project } from './project';
import { logArtifact, runNamed } from './project-engine';
import { sharedWindow } from './shared-window';

const themes: [string, Theme][] = [
  ['dark', 'Default Dark Modern'],
  ['light', 'Default Light Modern'],
  ['hc-dark', 'Default High Contrast'],
  ['hc-light', 'Default High Contrast Light'],
];

/** A run with something of all that its panel can show. */
async function recordEverything(project: Project): Promise<void> {
  const shades = [31, 32, 33, 34, 35, 36, 37, 30, 90, 91, 94, '38;5;17', '38;5;226', '38;2;10;10;10', '41', '42', '7'];
  const print = shades.map((shade) => `printf '\\033[${shade}mshade ${shade}\\033[0m\\n'`).join('; ');
  const trace = `echo '  File "train.sh", line 2, in fit'`;
  const tags = [
    '--tag',
    'team=core',
    '--tag',
    'mlflow.note.content=A **bold** guess at `x`, [why](https://example.com).',
  ];
  const command = ['sh', '-c', `sh train.sh 60 0; ${print}; ${trace}`];
  project.slipway(
    'run',
    '--name',
    'everything',
    '--param',
    'lr=0.05',
    '--input',
    'train.sh',
    ...tags,
    '--',
    ...command,
  );
  await logArtifact(project, await runNamed(project, 'everything'), 'model/weights.json', '{}');
}

describe('a run panel', () => {
  const shared = sharedWindow(async () => {
    const project = Project.create();
    project.record('first', 20);
    await recordEverything(project);
    return project;
  });

  it('comes back after a window reload where it was', async () => {
    const { editor } = shared;
    const panel = await openRun(editor, 'first');
    await panel.getByRole('button', { name: 'Relative' }).click();
    await panel.locator('.metric-name button', { hasText: 'roc_auc' }).click();
    await expect.poll(() => panel.locator('.chart-figure').count()).toBe(1);
    await editor.reload();
    const again = await editor.webviewFrame('.chart canvas');
    expect(await again.locator('.opening h1').innerText()).toContain('roc_auc');
    expect(await again.locator('.chart-caption strong').allInnerTexts()).toEqual(['loss']);
    expect(await again.locator('.segments [aria-pressed="true"]').innerText()).toBe('Relative');
  });

  it('allows no inline code, no foreign source and no connection', async () => {
    const { editor } = shared;
    const violations: string[] = [];
    editor.page.on('console', (message) => {
      if (/Content Security Policy/.test(message.text())) violations.push(message.text());
    });
    const panel = await openRun(editor, 'first');
    const policy = await panel.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
    expect(policy).toMatch(
      /^default-src 'none'; script-src 'nonce-[^']+'; style-src [^;]+; font-src [^;]+; img-src [^;]+ data:$/,
    );
    expect(policy).not.toContain('unsafe');
    expect(violations).toEqual([]);
  });

  it('shows the log and the values behind a curve', async () => {
    const { editor } = shared;
    const panel = await openRun(editor, 'first');
    const figure = panel.locator('.chart-figure').first();
    expect(await figure.locator('.chart').getAttribute('aria-label')).toMatch(/ over 20 points: last .+ at step 20/);
    await figure.hover();
    await figure.getByRole('button', { name: 'Show as Table' }).click();
    expect(await figure.locator('tbody tr').count()).toBeGreaterThan(5);
    await panel.getByText('Open Log').click();
    await editor.page.locator('.monaco-editor .view-lines', { hasText: 'step 20 done' }).waitFor();
  });

  it('shown again, draws what it knew before its engine has answered', async () => {
    const { editor, project } = shared;
    const panel = await openRun(editor, 'first');
    const figure = panel.locator('.chart-figure', { hasText: 'loss' });
    await figure.hover();
    await figure.getByRole('button', { name: 'Show as Table' }).click();
    await panel.getByText(/tags? kept by MLflow and Slipway/).click();
    await panel.getByText('Open Log').click();
    await editor.page.locator('.monaco-editor .view-lines', { hasText: 'step 3 done' }).waitFor();
    process.kill(project.enginePid(), 'SIGSTOP');
    try {
      await editor.page.locator('.tab', { hasText: 'first' }).first().click();
      const again = await editor.webviewFrame('.chart canvas');
      expect(await again.locator('.opening h1').innerText()).toContain('roc_auc');
      expect(await again.locator('.output').innerText()).toContain('step 20 done');
      expect(await again.locator('.facts').first().innerText()).toContain('lr');
      expect(await again.locator('.chart-figure', { hasText: 'loss' }).locator('tbody').count()).toBe(1);
      expect(await again.getByText('mlflow.user').count()).toBe(1);
    } finally {
      process.kill(project.enginePid(), 'SIGCONT');
    }
  });

  it('keeps its numbers when its engine is killed, which answers again in less than 3 s', async () => {
    const { editor, project } = shared;
    const panel = await openRun(editor, 'first');
    const sentence = await panel.locator('.opening h1').innerText();
    const killed = project.enginePid();
    const began = performance.now();
    process.kill(killed, 'SIGKILL');
    await expect.poll(() => answers(project, killed), { timeout: 10_000, interval: 25 }).toBe(true);
    expect(performance.now() - began).toBeLessThan(3000);

    expect(await panel.locator('.opening h1').innerText()).toBe(sentence);
    project.record('second', 3);
    await editor.treeRow('second').waitFor();
    expect(await editor.notifications()).toEqual([]);
  });

  it.each(themes)('has no accessibility fault in %s, wide and narrow, read and written', async (name, theme) => {
    const { editor } = shared;
    await editor.setTheme(theme);
    await editor.page.setViewportSize({ width: 1530, height: 1000 });
    const panel = await openRun(editor, 'everything');
    await panel.locator('.sparkline').first().waitFor();
    await panel.getByRole('treeitem', { name: 'model' }).click();
    await panel.getByRole('treeitem', { name: /weights/ }).waitFor();
    await editor.screenshot(`run-${name}`);
    expect(await faultsOf(panel)).toEqual([]);
    await panel.getByRole('textbox', { name: 'Search output' }).fill('shade');
    await panel.getByText('17 lines').waitFor();
    await panel.getByRole('textbox', { name: 'Search output' }).press('Enter');
    await panel.locator('.output-line.current').waitFor();
    await panel.getByText('Check Files').click();
    await panel.getByText('unchanged').waitFor();
    await panel.getByText('Edit Note').click();
    await panel.getByText('Add Tag').click();
    await editor.screenshot(`run-${name}-written`);
    expect(await faultsOf(panel)).toEqual([]);
    await editor.page.keyboard.press('Escape');
    await editor.page.keyboard.press('Control+b');
    await editor.page.setViewportSize({ width: 492, height: 2200 });
    await panel.locator('.metrics.narrow').waitFor();
    await editor.screenshot(`run-${name}-narrow`);
    expect(await faultsOf(panel)).toEqual([]);
    expect(await panel.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
  });
});

function answers(project: Project, killed: number): boolean {
  try {
    return project.enginePid() !== killed;
  } catch {
    return false;
  }
}
