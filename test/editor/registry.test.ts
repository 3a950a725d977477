// Registered models in the real editor: the Models view, decisions from its menus, and gates in the Test Explorer.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Editor } from './harness';
import { Project } from './project';
import { inFileName } from './themes';

const made = process.env.SLIPWAY_TEST_MODELS ?? '';
const config = `version: 1
datasets:
  delays: { path: data/holdout.csv, key: [id], label: status }
models:
  delay:
    data: { holdout: delays@latest }
    approvals: { need: 1 }
    gates:
      - { id: small, kind: size, value: 5, unit: MB }
      - { id: floor, kind: metric, metric: accuracy, op: ">=", value: 0.8 }
      - { id: better, kind: delta, against: champion, metric: accuracy, op: ">", value: 0.001 }
      - { id: licensed, kind: license, value: [MIT], severity: warn }
`;

/** Flights that the model gets right about nine times in ten. */
function holdout(): string {
  const carriers = ['AA', 'B6', 'DL', 'UA'];
  const rows = Array.from({ length: 400 }, (_, at) => {
    const delay = (at * 17) % 90;
    const status = delay > 15 ? 'late' : 'on time';
    return `${at},${carriers[at % 4]},${['EWR', 'JFK', 'LGA'][at % 3]},${delay},${200 + ((at * 31) % 2400)},${status}`;
  });
  return `${['id,carrier,origin,dep_delay,distance,status', ...rows].join('\n')}\n`;
}

describe('registered models', () => {
  let project: Project;
  let editor: Editor;
  const sits = (who: string): void => {
    execFileSync('git', ['config', 'user.email', `${who}@example.org`], { cwd: project.root });
  };
  beforeAll(async () => {
    if (made === '') throw new Error('There are no exported models: npm test -- --only editor makes them.');
    project = Project.create();
    execFileSync('git', ['init', '-q'], { cwd: project.root });
    sits('ana');
    for (const folder of ['models', 'data']) mkdirSync(join(project.root, folder));
    copyFileSync(join(made, 'mixed-columns/model.onnx'), join(project.root, 'models/delay.onnx'));
    writeFileSync(join(project.root, 'data/holdout.csv'), holdout());
    writeFileSync(join(project.root, 'slipway.yaml'), config);
    project.slipway('dataset', 'refresh', 'delays');
    editor = await Editor.open({ folder: project.root, size: { width: 1400, height: 1000 } });
  });
  afterAll(async () => {
    await editor[Symbol.asyncDispose]();
    await project[Symbol.asyncDispose]();
  });

  /** Only the Models view of the container is open. */
  const openModels = async (): Promise<void> => {
    await editor.openView('Slipway');
    for (const name of ['Runs', 'Datasets', 'Models']) {
      const head = editor.page.locator('.sidebar .pane-header', { hasText: name });
      await head.waitFor();
      const wanted = String(name === 'Models');
      if ((await head.getAttribute('aria-expanded')) !== wanted) await head.click();
    }
  };
  const version = (number: number): Locator => editor.treeRow(new RegExp(`^v${number}`));
  const toast = (text: string | RegExp): Locator =>
    editor.page.locator('.notification-toast', { hasText: text }).first();
  const dialog = (): Locator => editor.page.locator('.monaco-dialog-box');

  it('begin with a way to make one; a file of the Explorer becomes a version of a name that is typed', async () => {
    await openModels();
    await editor.page.locator('.sidebar .welcome-view', { hasText: 'No models yet' }).waitFor({ timeout: 60_000 });
    await editor.screenshot('models-empty');
    await editor.openView('Explorer');
    await editor.treeRow(/^models$/).click();
    await editor.chooseInMenuOf(editor.treeRow('delay.onnx'), 'Register Model Version…');
    await editor.quickPickRow('new model').waitFor();
    await editor.answerList('delay');
    await toast('delay@1 is registered').waitFor({ timeout: 40_000 });
    await openModels();
    await editor.treeRow(/^delay/).waitFor({ timeout: 20_000 });
    expect(await editor.treeRow(/^delay/).innerText()).toContain('1 version');
    await editor.treeRow(/^delay/).click();
    await editor.page.keyboard.press('ArrowRight');
    await editor.treeRow(/^Candidate/).waitFor();
    await version(1).waitFor();
    expect(await version(1).innerText()).toContain('Not judged');
    await editor.screenshot('models-unjudged');
  });

  it('are judged from the menu: what is found stands in the row, and whoever registered it is told why not to approve', async () => {
    await editor.chooseInMenuOf(version(1), 'Run Gate');
    await toast('delay@1 passes with warnings').waitFor({ timeout: 60_000 });
    await editor.treeRow(/^v1.*Warning · 0 of 1 approval/).waitFor({ timeout: 20_000 });
    await editor.chooseInMenuOf(version(1), 'Approve Model Version…');
    await dialog().waitFor();
    await editor.screenshot('models-own-version');
    expect(await dialog().innerText()).toMatch(/You cannot approve delay@1[\s\S]*approvals: /);
    await editor.page.keyboard.press('Escape');
    await editor.chooseInMenuOf(version(1), 'Promote Model Version…');
    await editor.quickPickRow('Production').click();
    await expect.poll(() => dialog().innerText(), { timeout: 30_000 }).toContain('approvals: ');
    await editor.screenshot('models-refused-approvals');
    await editor.page.keyboard.press('Escape');
  });

  it('say after a reload which gate it cut off, and run it again', async () => {
    const engine = project.enginePid();
    // No gate is done before the window is gone.
    process.kill(engine, 'SIGSTOP');
    try {
      await editor.chooseInMenuOf(version(1), 'Run Gate');
      await toast('Gate of delay@1').waitFor();
      await editor.reload();
    } finally {
      process.kill(engine, 'SIGCONT');
    }
    const cut = toast('The gate of delay@1 was interrupted when its window closed. Nothing was changed.');
    await cut.waitFor({ timeout: 60_000 });
    await editor.screenshot('registry-gate-interrupted');
    await cut.getByRole('button', { name: 'Run Again' }).click();
    await toast('Gate of delay@1').waitFor();
    await toast('delay@1 passes with warnings').waitFor({ timeout: 60_000 });
  });

  it('wait for somebody else, who sees a number on the view and promotes', async () => {
    sits('ben');
    await editor.runCommand('Slipway: Refresh the Models View');
    const badge = editor.page.locator('.activitybar .action-item:has(a[aria-label^="Slipway"]) .badge-content').first();
    await expect.poll(() => badge.innerText(), { timeout: 30_000 }).toBe('1');
    await editor.screenshot('models-waiting');
    expect(await editor.treeRow(/^delay/).innerText()).toContain('1 waiting');
    await editor.answerInput('looked at its slices', () => editor.chooseInMenuOf(version(1), 'Approve Model Version…'));
    await editor.treeRow(/^v1/).filter({ hasNotText: 'approval' }).waitFor({ timeout: 30_000 });
    await expect.poll(() => badge.isVisible(), { timeout: 30_000 }).toBe(false);
    await editor.chooseInMenuOf(version(1), 'Promote Model Version…');
    await editor.quickPickRow('Production').click();
    await editor.treeRow(/^Production/).waitFor({ timeout: 40_000 });
    await editor.treeRow(/^delay.*champion v1/).waitFor({ timeout: 20_000 });
    await editor.screenshot('models-production');
  });

  it('another version, made on the command line, appears by itself and is refused by the ids of its rules', async () => {
    copyFileSync(join(project.root, 'models/delay.onnx'), join(project.root, 'models/again.onnx'));
    project.slipway('register', 'delay', 'models/again.onnx');
    await version(2).waitFor({ timeout: 30_000 });
    await editor.chooseInMenuOf(version(2), 'Promote Model Version…');
    await editor.quickPickRow('Production').click();
    await expect
      .poll(() => dialog().innerText(), { timeout: 60_000 })
      .toMatch(/delay@2 was not moved\.[\s\S]*better: /);
    await editor.screenshot('models-refused');
    await editor.page.keyboard.press('Escape');
    await editor.chooseInMenuOf(version(2), 'Open Rules');
    await editor.page.locator('.tab.active', { hasText: 'slipway.yaml' }).waitFor();
    await editor.page.locator('.line-numbers.active-line-number', { hasText: /^5$/ }).waitFor();
    await editor.closeEditors();
    await editor.chooseInMenuOf(version(2), 'Copy Model Name@Version');
    await expect.poll(() => editor.page.evaluate('navigator.clipboard.readText()')).toBe('delay@2');
    await editor.chooseInMenuOf(version(2), 'Open Model File');
    const page = await editor.webviewFrame('.model-panel', 40_000);
    await page.locator('h1').waitFor();
    await editor.closeEditors();
  });

  it('are tests: what was found is shown without a run, a run judges again, each rule says what it found and where it stands', async () => {
    await editor.openView('Testing');
    const test = (text: string | RegExp): Locator =>
      editor.page.locator('.test-explorer .monaco-list-row').filter({ hasText: text }).first();
    const open = async (text: string | RegExp): Promise<void> => {
      await test(text).waitFor({ timeout: 20_000 });
      if ((await test(text).getAttribute('aria-expanded')) === 'false') {
        await test(text).click();
        await editor.page.keyboard.press('ArrowRight');
      }
    };
    await open(/^delay/);
    await open(/^v2, Candidate/);
    await expect.poll(() => test(/^better/).getAttribute('aria-label'), { timeout: 20_000 }).toContain('Failed');
    await editor.screenshot('gates-kept');
    await test(/^v2, Candidate/).hover();
    await test(/^v2, Candidate/)
      .locator('.action-label[aria-label^="Run Test"]')
      .first()
      .click();
    const stop = editor.page.locator('.sidebar .action-label[aria-label^="Cancel Test Run"]').first();
    await stop.waitFor({ timeout: 20_000 });
    await stop.waitFor({ state: 'detached', timeout: 60_000 });
    await editor.page
      .locator('.panel .monaco-list-row')
      .filter({ hasText: /^better.*fail: .*no difference at all/i })
      .first()
      .waitFor();
    expect(await test(/^licensed/).getAttribute('aria-label')).toMatch(/^licensed.*Skipped/);
    expect(await test(/^licensed/).innerText()).toContain('warning: No licence is said.');
    expect(await test(/^floor/).getAttribute('aria-label')).toContain('Passed');
    await test(/^better/).dblclick();
    await editor.page.locator('.tab.active', { hasText: 'slipway.yaml' }).waitFor();
    await editor.screenshot('gates-run');
    await editor.closeEditors();
  });

  it('say that weaker rules wait, and count them after people agreed', async () => {
    const weaker = readFileSync(join(project.root, 'slipway.yaml'), 'utf8').replace('value: 0.8', 'value: 0.5');
    writeFileSync(join(project.root, 'slipway.yaml'), weaker);
    await openModels();
    await editor.treeRow('Rules wait for approval').waitFor({ timeout: 30_000 });
    await editor.screenshot('models-pending-rules');
    // Who sits here when the engine sees the change is taken for who made it.
    await expect.poll(() => project.slipway('audit', 'list', 'delay'), { timeout: 20_000 }).toMatch(/rules weakened/i);
    sits('ana');
    await editor.answerInput('the floor was a guess', () =>
      editor.chooseInMenuOf(editor.treeRow('Rules wait for approval'), 'Approve Changed Rules…'),
    );
    await editor.treeRow('Rules wait for approval').waitFor({ state: 'detached', timeout: 30_000 });
  });

  it('go to production with a rule that is waived, and back in one step', async () => {
    await editor.chooseInMenuOf(version(2), 'Run Gate');
    await editor.treeRow(/^v2.*Fail/).waitFor({ timeout: 60_000 });
    await editor.answerInput('the same model, for a rehearsal', () =>
      editor.chooseInMenuOf(version(2), 'Waive a Rule…'),
    );
    await editor.quickPickRow('7 days').click();
    await editor.page
      .locator('.sidebar', { hasText: 'better does not stop delay@2 until' })
      .waitFor({ timeout: 20_000 });
    await editor.answerInput('for a rehearsal', () => editor.chooseInMenuOf(version(2), 'Approve Model Version…'));
    await editor.page.locator('.sidebar', { hasText: /approved/i }).waitFor({ timeout: 20_000 });
    await editor.chooseInMenuOf(version(2), 'Promote Model Version…');
    await editor.quickPickRow('Production').click();
    await editor.treeRow(/^delay.*champion v2/).waitFor({ timeout: 40_000 });
    await editor.treeRow(/^Archived/).waitFor();
    await editor.screenshot('models-archived');
    await editor.answerInput('the rehearsal is over', () =>
      editor.chooseInMenuOf(editor.treeRow(/^delay/), 'Roll Back Model…'),
    );
    await editor.treeRow(/^delay.*champion v1/).waitFor({ timeout: 40_000 });
  });

  it('are made of the model that a run keeps; one without rules says so, and moves freely', async () => {
    const head = editor.page.locator('.sidebar .pane-header', { hasText: 'Runs' });
    await head.click();
    const run = editor.treeRow(/^delay\s*\d+\.\d s/);
    await run.waitFor({ timeout: 20_000 });
    await editor.chooseInMenuOf(run, 'Register Model Version…');
    // Both files were kept with the run that wrote their bytes.
    await editor.quickPickRow('again.onnx').click();
    await editor.quickPickRow('new model').waitFor();
    await editor.answerList('rehearsal');
    await toast('rehearsal@1 is registered').waitFor({ timeout: 40_000 });
    await openModels();
    expect(await editor.treeRow(/^rehearsal/).innerText()).toContain('no rules');
    await editor.treeRow(/^rehearsal/).click();
    await editor.page.keyboard.press('ArrowRight');
    const row = editor.page.locator('.sidebar .monaco-list-row[aria-label^="rehearsal v1"]');
    await editor.chooseInMenuOf(row, 'Promote Model Version…');
    await editor.quickPickRow('Staging').click();
    await editor.treeRow(/^Staging/).waitFor({ timeout: 20_000 });
  });

  it('stand as they did after a reload, and read well in every theme', async () => {
    await editor.reload();
    await openModels();
    await editor.treeRow(/^Production/).waitFor({ timeout: 60_000 });
    // Rows that move while the list is read anew are missed: then it is clicked again, as a person would.
    const isOpen = async (): Promise<boolean> => {
      if ((await version(2).count()) === 0) await editor.treeRow(/^Archived/).click();
      return await version(2)
        .waitFor({ timeout: 5000 })
        .then(
          () => true,
          () => false,
        );
    };
    await expect.poll(isOpen).toBe(true);
    for (const theme of [
      'Default Light Modern',
      'Default High Contrast',
      'Default High Contrast Light',
      'Default Dark Modern',
    ] as const) {
      await editor.setTheme(theme);
      await editor.screenshot(`models-${inFileName(theme)}`);
    }
  });
});
