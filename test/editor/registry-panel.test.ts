// A registered model's panel in the real editor: what blocks a version, its gate run and taken back, people's words, refused
// moves, and what was done; by keys, in four themes, narrow and wide, over a reload.
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Editor } from './harness';
import { faultsOf } from './panel-faults';
import { Project } from './project';
import { inFileName, themes } from './themes';

const made = process.env.SLIPWAY_TEST_MODELS ?? '';
const rules = `version: 1
datasets:
  flights: { path: holdout.csv, key: [id], label: status }
models:
  delay:
    data: { holdout: flights@latest }
    approvals: { need: 1 }
    gates:
      - { id: floor, kind: metric, metric: roc_auc, op: ">=", value: 0.6 }
      - { id: no-worse, kind: noninferior, metric: roc_auc, margin: 0.01 }
      - { id: slices, kind: slice, by: [carrier], metric: accuracy, op: ">=", value: 0.8, severity: warn }
      - { id: size, kind: size, value: 1, unit: MB }
      - { id: reviewed, kind: manual, value: Did somebody look at its slices?, severity: warn }
`;

/** Flights whose delay says the status, with some noise. */
function holdout(): string {
  let state = 7;
  const next = (): number => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
  const lines = ['id,carrier,origin,dep_delay,distance,status'];
  for (let row = 0; row < 400; row += 1) {
    const delay = Math.floor(next() * 90) - 10;
    const status = delay + (next() - 0.5) * 30 > 15 ? 'late' : 'on time';
    const words = [['AA', 'B6', 'DL', 'UA'][row % 4], ['EWR', 'JFK', 'LGA'][row % 3]];
    lines.push([row, ...words, delay, 200 + ((row * 31) % 2000), status].join(','));
  }
  return lines.join('\n');
}

/** The same model with its coefficients turned round: what it says is nearly always wrong. */
function turned(model: Buffer): Buffer {
  const word = 'coefficients';
  let at = model.indexOf(word) + word.length;
  // Floats of an attribute, each behind its tag.
  for (; model[at] === 0x3d; at += 5) model.writeFloatLE(-model.readFloatLE(at + 1), at + 1);
  return model;
}

/** Versions 1, which two people brought to production, and 2, which nobody has judged; and a model without rules. */
function registered(): Project {
  if (made === '') throw new Error('There are no exported models: npm test -- --only editor makes them.');
  const project = Project.create();
  const inProject = (name: string): string => join(project.root, name);
  execFileSync('git', ['init', '--quiet'], { cwd: project.root });
  writeFileSync(inProject('slipway.yaml'), rules);
  writeFileSync(inProject('holdout.csv'), holdout());
  copyFileSync(join(made, 'mixed-columns/model.onnx'), inProject('a.onnx'));
  writeFileSync(inProject('b.onnx'), turned(readFileSync(inProject('a.onnx'))));
  project.slipway('dataset', 'refresh', 'flights');
  become(project, 'mira@example.com');
  project.slipway('register', 'delay', 'a.onnx');
  become(project, 'ana@example.com');
  project.slipway('approve', 'delay@1', '--comment', 'Good enough to begin with.');
  project.slipway('promote', 'delay@1', '--to', 'production');
  become(project, 'mira@example.com');
  project.slipway('register', 'delay', 'b.onnx');
  project.slipway('register', 'plain', 'a.onnx');
  return project;
}

/** Who git says the user is. */
function become({ root }: Project, address: string): void {
  execFileSync('git', ['config', 'user.email', address], { cwd: root });
}

describe('the panel of a registered model', () => {
  let project: Project;
  let editor: Editor;
  let panel: Frame;
  const headline = (): Promise<string> => panel.locator('.verdict h1').innerText();
  const open = async (model: string): Promise<Frame> => {
    await editor.choose('Slipway: Open Model…', model);
    return editor.webviewFrame('.verdict h1', 60_000);
  };
  const button = (name: string | RegExp) => panel.getByRole('button', { name });
  beforeAll(async () => {
    project = registered();
    editor = await Editor.open({ folder: project.root, size: { width: 1500, height: 1300 } });
  }, 180_000);
  afterAll(async () => {
    await editor?.[Symbol.asyncDispose]();
    await project?.[Symbol.asyncDispose]();
  });

  it('opens at the newest version, and says that nobody has judged it', async () => {
    panel = await open('delay');
    await expect
      .poll(headline)
      .toMatch(/^v2 cannot move to production: its gate has not been run, 1 approval missing$/);
    await editor.screenshot('registry-panel-unjudged');
    const versions = panel.getByRole('listbox', { name: 'Versions' });
    expect(await versions.getByRole('option').allInnerTexts()).toEqual([
      expect.stringMatching(/^v1[\s\S]*champion/),
      expect.stringMatching(/^v2/),
    ]);
    expect(await panel.getByRole('navigation', { name: 'Lineage' }).innerText()).toMatch(/v2[\s\S]*no endpoint/);
    expect(await panel.getByRole('table', { name: 'Files with their hashes' }).innerText()).toMatch(/b\.onnx/);
  });

  it('runs the gate, which can be cancelled, and sorts what it found', async () => {
    await button('Run Gate').first().click();
    await button('Cancel').click({ timeout: 10_000 });
    await panel.getByText('The gate was cancelled. Nothing was changed.').waitFor();
    expect(await headline()).toContain('its gate has not been run');
    await button('Start Again').click();
    await expect
      .poll(headline, { timeout: 60_000 })
      .toBe('v2 cannot move to production: 2 rules fail, 1 approval missing');
    const table = panel.getByRole('table', { name: 'Rules of the gate' });
    const rows = await table.locator('tbody tr').allInnerTexts();
    expect(rows.map((row) => row.replaceAll(/\s+/g, ' ').trim())).toEqual([
      expect.stringMatching(/^Fail floor roc_auc ≥ 0\.6 0\.0\d+ 400$/),
      expect.stringMatching(/^Fail no-worse roc_auc, gain over .* ≥ −0\.01 −0\.9\d+ 400$/),
      expect.stringMatching(/^Waiting approvals .* 1 0 –$/),
      expect.stringMatching(
        /^Warning slices does not block; accuracy in carrier = \w+, the worst of 4 slices ≥ 0\.8 0\.1\d+ 100$/,
      ),
      expect.stringMatching(/^Cannot tell reviewed does not block; Did somebody look at its slices\? Answer…/),
      expect.stringMatching(/^Pass size size of its files ≤ 1 MB 1\.\d+ kB –$/),
    ]);
    expect(
      await table.getByRole('img', { name: /^floor: 0\.0\d+, interval 0\.0\d+ to 0\.0\d+, limit 0\.6/ }).count(),
    ).toBe(1);
    const compared = panel.getByRole('table', { name: 'Metrics of v1 and v2' });
    expect(await compared.locator('tbody').innerText()).toMatch(/roc_auc ↑\s+0\.97\d\d\s+0\.02\d\d\s+−0\.94\d\d/);
    expect(await panel.getByText(/^Computed here by running [0-9a-f]{7} on flights/).innerText()).toContain(
      '(400 rows)',
    );
    await editor.screenshot('registry-panel-judged');
  });

  it('tells more of a rule by keys, and reads in four themes, wide and narrow', async () => {
    await panel.getByRole('button', { name: 'floor', exact: true }).focus();
    await editor.page.keyboard.press('ArrowDown');
    await editor.page.keyboard.press('Enter');
    await panel.locator('.rule-notes').waitFor();
    expect(await panel.locator('.rule-notes').innerText()).toMatch(/outside ≥ −0\.01/);
    for (const theme of themes) {
      await editor.setTheme(theme);
      // The panel is 1,200 and 440 wide then.
      for (const width of [1552, 800]) {
        await editor.page.setViewportSize({ width, height: 1300 });
        await editor.page.waitForTimeout(300);
        expect(await faultsOf(panel)).toEqual([]);
        await editor.screenshot(`registry-panel-${inFileName(theme)}-${width}`);
      }
    }
    await editor.setTheme(themes[0]);
    await editor.page.setViewportSize({ width: 1500, height: 1300 });
  });

  it('holds back the approval of the author, and the promotion, with the reason', async () => {
    const approve = button(/^Approve…/);
    expect(await approve.getAttribute('aria-disabled')).toBe('true');
    expect(await approve.getAttribute('title')).toMatch(/author|registered|somebody else/i);
    expect(await button(/^Promote to Production/).getAttribute('title')).toMatch(/^floor: .*\nno-worse: /);
    for (const name of ['Answer…', 'Waive…']) {
      expect(await button(name).getAttribute('title')).toMatch(/registered it, and somebody else has to agree/);
    }
  });

  it('commands of the palette are about the version in front, and nobody is asked which', async () => {
    await editor.runCommand('Slipway: Copy Model Name@Version');
    await expect.poll(() => editor.page.evaluate('navigator.clipboard.readText()')).toBe('delay@2');
  });

  it('saves the audit trail as a file, and opens the predictions that it was judged by in the grid', async () => {
    const file = join(project.root, 'audit.json');
    await button('Export…').click();
    await editor.answerFileDialog(file);
    await expect.poll(() => existsSync(file)).toBe(true);
    const saved = JSON.parse(readFileSync(file, 'utf8')) as { action: string; subject: string; hash: string }[];
    const { items } = JSON.parse(project.slipway('audit', 'list', 'delay', '--json')) as { items: unknown[] };
    expect(saved).toEqual(items);
    await button('Predictions').click();
    await editor.page.locator('.tab.active', { hasText: 'predictions.parquet' }).waitFor();
    await editor.webviewFrame('td.cell');
    await editor.screenshot('registry-predictions');
    await editor.page.getByRole('tab', { name: /^delay/ }).click();
    panel = await editor.webviewFrame('.verdict h1');
  });

  it('refuses a move in place, rule by rule', async () => {
    await button('More…').click();
    await editor.quickPickRow('Move To…').click();
    await editor.quickPickRow('Production').click();
    const refused = panel.getByRole('list', { name: 'Refused by' });
    await refused.waitFor({ timeout: 30_000 });
    expect(await refused.innerText()).toMatch(/floor[\s\S]*no-worse[\s\S]*approvals/);
    await expect
      .poll(() => panel.getByRole('list', { name: 'Audit trail' }).locator('li').first().innerText())
      .toMatch(/refused[\s\S]*editor/i);
    await editor.screenshot('registry-panel-refused');
  });

  it('takes a rejection of somebody else, with its reason', async () => {
    become(project, 'ana@example.com');
    await button('Reject…').click();
    await editor.answerInput('It says the opposite of what is true.');
    const said = panel.getByRole('list', { name: 'Approvals' });
    await expect.poll(() => said.innerText()).toMatch(/ana@example\.com rejected[\s\S]*the opposite of what is true/);
    await expect.poll(headline).toContain('it is rejected');
    expect(await button('Approve…').getAttribute('aria-disabled')).toBeNull();
    await button('Verify').click();
    await panel.getByText(/chain of all \d+ intact/).waitFor();
    await editor.screenshot('registry-panel-rejected');
  });

  it('asks people its question in the row, and takes their answer', async () => {
    await button('Answer…').click();
    await editor.page.locator('.quick-input-widget', { hasText: 'Did somebody look at its slices?' }).waitFor();
    await editor.answerInput('Yes, all four.');
    await editor.quickPickRow('90 days').click();
    const row = panel.getByRole('row', { name: /reviewed/ });
    await expect.poll(() => row.innerText()).toMatch(/^Answered/);
    expect(await button('Answer…').count()).toBe(0);
    await editor.screenshot('registry-panel-answered');
  });

  it('says that slipway.yaml cannot be read, where, and that the accepted rules hold', async () => {
    writeFileSync(join(project.root, 'slipway.yaml'), rules.replace('kind: metric', 'kind: metrik'));
    await panel.getByText(/^slipway\.yaml cannot be read: .*Rules that were accepted hold\.$/).waitFor();
    await editor.screenshot('registry-panel-mistake');
    await button('slipway.yaml:9').click();
    await editor.page.locator('.line-numbers.active-line-number', { hasText: /^9$/ }).waitFor();
    await editor.page.getByRole('tab', { name: /^delay/ }).click();
    panel = await editor.webviewFrame('.verdict h1');
  });

  it('does not warn in the status bar at once of a slipway.yaml that is open: somebody is typing', async () => {
    const warning = editor.page.locator('.statusbar-item', { hasText: 'Slipway' }).locator('.codicon-warning');
    const told = panel.getByText(/^slipway\.yaml cannot be read/);
    await warning.waitFor();
    writeFileSync(join(project.root, 'slipway.yaml'), rules);
    await warning.waitFor({ state: 'detached' });
    await told.waitFor({ state: 'detached' });
    writeFileSync(join(project.root, 'slipway.yaml'), rules.replace('kind: metric', 'kind:'));
    await told.waitFor();
    expect(await warning.count()).toBe(0);
    await warning.waitFor({ timeout: 30_000 });
  });

  it('tells of weakened rules, which count once somebody else agreed to them', async () => {
    writeFileSync(join(project.root, 'slipway.yaml'), rules.replace('value: 0.6', 'value: 0.01'));
    const newest = panel.getByRole('list', { name: 'Audit trail' }).locator('li').first();
    await expect.poll(() => newest.innerText(), { timeout: 20_000 }).toMatch(/Rules weakened by ana@example\.com/);
    await panel.getByText(/^slipway\.yaml differs from the accepted rules/).waitFor();
    await expect.poll(headline).toContain('what was judged has changed since');
    expect(await panel.getByText(/^This is what was found on/).count()).toBe(1);
    expect(await faultsOf(panel)).toEqual([]);
    await editor.screenshot('registry-panel-rules');
    become(project, 'mira@example.com');
    await button('Approve Rules…').click();
    await editor.answerInput('It is a start.');
    await expect.poll(() => panel.getByText(/differs from the accepted rules/).count()).toBe(0);
    await expect.poll(() => newest.innerText()).toMatch(/rules.*approved by mira@example\.com/i);
    become(project, 'ana@example.com');
    await editor.screenshot('registry-panel-rules-approved');
  });

  it('shows the version in production, and comes back after a reload where it was', async () => {
    await panel.getByRole('option', { selected: true }).focus();
    await editor.page.keyboard.press('ArrowUp');
    await expect.poll(headline).toBe('v1 is in production');
    expect(await panel.getByText('this is the champion').count()).toBe(1);
    await editor.screenshot('registry-panel-production');
    await button('Roll Back…').click();
    await editor.answerInput('It is slow.');
    const answer = panel.getByRole('region', { name: 'Verdict' }).locator('.decision-end');
    await expect.poll(() => answer.innerText()).toMatch(/no (earlier|good|version)|never|nothing/i);
    await editor.screenshot('registry-panel-not-rolled-back');
    const engine = project.enginePid();
    // No gate is done before the window is gone.
    process.kill(engine, 'SIGSTOP');
    await button('Run Again').click();
    await panel.getByText('Running the gate').waitFor();
    await editor.reload();
    process.kill(engine, 'SIGCONT');
    panel = await editor.webviewFrame('.verdict h1', 60_000);
    await expect.poll(headline).toBe('v1 is in production');
    await panel.getByText('The gate was interrupted when the window was reloaded. Nothing was changed.').waitFor();
    await editor.screenshot('registry-panel-interrupted');
    await panel.locator('.work').getByRole('button', { name: 'Run Again' }).click();
    await panel.locator('.work').waitFor({ state: 'detached', timeout: 60_000 });
    await panel.getByRole('option', { name: /^v2/ }).click();
    await panel.locator('.rule-notes').waitFor();
  });

  it('a model without rules is told as one, and moves freely', async () => {
    await editor.closeEditors();
    panel = await open('plain');
    await expect.poll(headline).toBe('v1 is a candidate; nothing judges it');
    expect(await panel.getByRole('region', { name: 'Gate' }).count()).toBe(0);
    await button('Move To…').click();
    await editor.quickPickRow('Staging').click();
    await expect.poll(headline).toBe('v1 is in staging; nothing judges it');
    expect(await panel.getByRole('option').first().getAttribute('aria-label')).toContain('Staging');
    expect(await faultsOf(panel)).toEqual([]);
    await editor.screenshot('registry-panel-ungated');
  });

  it('opens the model of a version to be tried', async () => {
    await button('Try').click();
    await editor.page.locator('.tab.active', { hasText: '.onnx' }).waitFor({ timeout: 30_000 });
    await editor.webviewFrame('.model-panel', 30_000);
  });
});
