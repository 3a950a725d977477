// Datasets when something is wrong: a file that breaks its contract, one that cannot be read, a dataset that goes away.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FlightsProject, openDatasets } from './flights-project';
import { Editor } from './harness';

describe('datasets when something is wrong', () => {
  let project: FlightsProject;
  let editor: Editor;
  let panel: Frame;
  const registered = (): string => project.slipway('dataset', 'list');
  beforeAll(async () => {
    project = FlightsProject.create();
    project.write(7);
    editor = await Editor.open({ folder: project.root, size: { width: 1300, height: 900 } });
    await editor.openView('Explorer');
    await editor.treeRow(/^data$/).click();
  });
  afterAll(async () => {
    await editor[Symbol.asyncDispose]();
    await project[Symbol.asyncDispose]();
  });

  it('a file of the Explorer that breaks a contract is told, with the line of the check', async () => {
    await editor.treeRow('flights.csv').waitFor();
    const file = editor.treeRow('flights.csv');
    await editor.chooseAfter(() => editor.chooseInMenuOf(file, 'Check Against a Contract…'), 'flights.odcs.yaml');
    const toast = editor.page.locator('.notification-toast', { hasText: '1 of 6 checks fails' });
    await toast.waitFor();
    expect(await toast.innerText()).toContain('dep_delay');
    await toast.getByText('Open Contract').click();
    await editor.page.locator('.tab.active', { hasText: 'flights.odcs.yaml' }).waitFor();
    await editor.page
      .locator('.statusbar')
      .getByText(/Ln 1[0-9]/)
      .waitFor();
    await editor.closeEditors();
  });

  it('a table that cannot be read is not registered, and the line is named', async () => {
    writeFileSync(join(project.root, 'data/ragged.csv'), `a,b\n1,2\n3,4,5,"6\n`);
    await editor.treeRow('ragged.csv').waitFor();
    await editor.answerInput('ragged', () =>
      editor.chooseInMenuOf(editor.treeRow('ragged.csv'), 'Register as Dataset…'),
    );
    const toast = editor.page.locator('.notification-toast', { hasText: 'ragged.csv' });
    await toast.waitFor();
    expect(await toast.innerText()).toContain('ragged.csv:3');
    expect(registered()).not.toContain('ragged');
  });

  it('a name that is taken is refused while it is typed', async () => {
    if (!registered().includes('flights')) project.slipway('dataset', 'add', 'flights', 'data/flights.csv');
    await editor.chooseInMenuOf(editor.treeRow('flights.csv'), 'Register as Dataset…');
    const input = editor.page.locator('.quick-input-widget:visible input').first();
    await expect.poll(() => input.inputValue()).toBe('flights-2');
    await input.fill('flights');
    await editor.page.getByText('There is a dataset flights already').first().waitFor();
    await editor.page.keyboard.press('Escape');
  });

  it('the panel of a dataset that was thrown away says so, and has it again when it is taken back', async () => {
    using _ = undoing(() => {
      if (!registered().includes('flights')) project.slipway('dataset', 'undelete', 'flights');
    });
    await openDatasets(editor);
    await editor.treeRow(/^flights/).waitFor();
    await editor.chooseInMenuOf(editor.treeRow(/^flights/), 'Open Dataset');
    panel = await editor.webviewFrame('.verdict h1');
    project.slipway('dataset', 'remove', 'flights');
    await panel.getByText('This dataset or version is not in the workspace').waitFor();
    await editor.screenshot('dataset-gone');
    project.slipway('dataset', 'undelete', 'flights');
    await panel.locator('.verdict h1').waitFor();
  });

  it('a row whose menu is open while the view asks a slow engine again is still the row that is meant', async () => {
    const file = join(project.root, 'slipway.yaml');
    const good = readFileSync(file, 'utf8');
    const engine = project.enginePid();
    await editor.treeRow(/^flights/).waitFor();
    process.kill(engine, 'SIGSTOP');
    using _ = undoing(() => {
      process.kill(engine, 'SIGCONT');
      writeFileSync(file, good);
    });
    writeFileSync(file, `${good}# changed\n`);
    // The view hears of the file within a second, and is not answered.
    await editor.page.waitForTimeout(2500);
    await editor.chooseInMenuOf(editor.treeRow(/^flights/), 'Describe…');
    const input = editor.page.locator('.quick-input-widget:visible input').first();
    await expect.poll(() => input.getAttribute('placeholder')).toBe('What is to be said of flights?');
    await editor.page.keyboard.press('Escape');
  });

  it('the rows of an engine that was killed were gone until it was there again', async () => {
    const engine = project.enginePid();
    const row = editor.treeRow(/^flights/);
    await row.waitFor();
    process.kill(engine, 'SIGKILL');
    // The next engine waits for it.
    const lock = new Database(join(project.root, '.slipway/engine.lock'), { timeout: 3000 });
    lock.exec('BEGIN EXCLUSIVE');
    for (const end = Date.now() + 2500; Date.now() < end; await editor.page.waitForTimeout(100)) {
      expect(await row.count()).toBe(1);
    }
    lock.close();
    await expect.poll(() => project.enginePid()).not.toBe(engine);
    await row.waitFor();
  });

  it('its rows open as a table', async () => {
    await panel.getByRole('tab', { name: 'Profile' }).click();
    await panel.locator('.profile-table tbody tr').first().waitFor();
    await panel.getByRole('button', { name: 'Open Rows' }).click();
    const grid = await editor.webviewFrame('td.cell');
    await grid.getByText('dep_delay').first().waitFor();
    await editor.screenshot('dataset-rows');
  });

  it('a command that came with slipway.yaml is shown before it runs, and its schedule before it is enabled', async ({
    task,
  }) => {
    // A command that was allowed once stays allowed.
    const name = `made${task.result?.retryCount || ''}`;
    const command = `cat data/flights.csv && test ! -f broken-${name}`;
    const broken = join(project.root, `broken-${name}`);
    const file = join(project.root, 'slipway.yaml');
    const good = readFileSync(file, 'utf8');
    using _ = undoing(() => {
      rmSync(broken, { force: true });
      if (registered().includes(name)) project.slipway('dataset', 'remove', name);
      writeFileSync(file, good);
    });
    await editor.closeEditors();
    writeFileSync(
      file,
      `${good}  ${name}:\n    source: { command: "${command}", format: csv }\n    schedule: daily 06:00\n`,
    );
    await editor.openView('Slipway');
    const row = editor.treeRow(/^made/);
    await editor.treeRow(/^made.*scheduled, not enabled/).waitFor();
    const dialog = editor.page.locator('.monaco-dialog-box');
    // A view that is drawn again just then takes its menu along.
    await expect
      .poll(
        async () => {
          if ((await dialog.count()) === 0) await editor.chooseInMenuOf(row, 'Refresh Dataset');
          return dialog.getByText(command).isVisible();
        },
        { timeout: 60_000, interval: 3000 },
      )
      .toBe(true);
    await editor.screenshot('dataset-command');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await editor.chooseInMenuOf(row, 'Refresh Dataset');
    expect(await row.innerText()).toContain('not read yet');
    await dialog.getByRole('button', { name: 'Run' }).click();
    await editor.treeRow(/^made.*1 version/).waitFor();
    await editor.chooseInMenuOf(row, 'Enable Schedule…');
    await dialog.getByText(`Fetch ${name} by itself on this machine, daily 06:00?`).waitFor();
    await editor.screenshot('dataset-schedule');
    await dialog.getByRole('button', { name: 'Enable' }).click();
    await editor.treeRow(/^made.*fetched daily 06:00/).waitFor();
    // Six in the morning comes, and the command fails.
    writeFileSync(broken, '');
    const database = new Database(join(project.root, '.slipway/slipway.db'));
    database.prepare('UPDATE dataset_schedules SET due_time = ?').run(Date.now() - 1000);
    database.close();
    const toast = editor.page.locator('.notification-toast', { hasText: `${name} could not be fetched by schedule` });
    await toast.waitFor();
    expect(await toast.innerText()).toContain('ended with exit code 1');
    await editor.treeRow(/^made.*could not be fetched/).waitFor();
    await editor.screenshot('dataset-schedule-failed');
    writeFileSync(file, readFileSync(file, 'utf8').replace('daily 06:00', 'daily 07:00'));
    await editor.treeRow(/^made.*schedule changed, not enabled/).waitFor();
    writeFileSync(file, good);
    const unwritten = editor.treeRow(/^made.*not in slipway.yaml/);
    await unwritten.waitFor();
    await editor.chooseInMenuOf(unwritten, 'Write to slipway.yaml');
    await expect.poll(() => readFileSync(file, 'utf8')).toContain('schedule: daily');
  });

  it('a mistake in slipway.yaml stands at its line, and hides no dataset but its own', async () => {
    const file = join(project.root, 'slipway.yaml');
    const good = readFileSync(file, 'utf8');
    using _ = undoing(() => writeFileSync(file, good));
    await editor.closeEditors();
    writeFileSync(file, `${good}  broken:\n    path: 7\n`);
    await openDatasets(editor);
    const row = editor.treeRow(/slipway.yaml, line/);
    await row.waitFor({ timeout: 12_000 });
    await editor.treeRow(/^flights/).waitFor();
    expect(await row.innerText()).toContain('datasets.broken.path');
    expect(registered()).toContain('flights');
    await row.click();
    await editor.page.locator('.tab.active', { hasText: 'slipway.yaml' }).waitFor();
    await editor.page.locator('.cdr.squiggly-error').waitFor();
    await editor.screenshot('config-mistake');
    await editor.page.locator('.view-line', { hasText: 'path: 7' }).click();
    await editor.page.keyboard.press('End');
    await editor.page.keyboard.press('Backspace');
    await editor.page.keyboard.type('b.csv');
    await editor.runCommand('File: Save');
    await row.waitFor({ state: 'detached', timeout: 12_000 });
    writeFileSync(file, good);
  });

  it('a version without a contract that is unlike the ones before is told, until somebody expected it', async () => {
    for (const rows of [100, 101, 102, 103, 104, 105, 400]) {
      const lines = Array.from({ length: rows }, (_, row) => `${row % 7},${rows}`);
      writeFileSync(join(project.root, 'small.csv'), `a,b\n${lines.join('\n')}\n${rows},0\n`);
      const isNew = !registered().includes('small');
      project.slipway('dataset', ...(isNew ? ['add', 'small', 'small.csv'] : ['refresh', 'small']));
    }
    await editor.closeEditors();
    await openDatasets(editor);
    await editor.treeRow(/^small/).waitFor();
    await editor.chooseInMenuOf(editor.treeRow(/^small/), 'Open Dataset');
    panel = await editor.webviewFrame('.verdict h1');
    await panel.getByRole('tab', { name: 'Contract' }).click();
    await panel.getByText('No contract yet').waitFor();
    const rows = panel.getByRole('listitem').filter({ hasText: 'Rows: 401' });
    await rows.waitFor();
    await editor.screenshot('dataset-unlike');
    await rows.getByRole('button', { name: 'This Was Expected' }).click();
    await rows.getByText('This was expected.').waitFor();
    await editor.screenshot('dataset-expected');
    await rows.getByRole('button', { name: 'Undo' }).click();
    await rows.getByRole('button', { name: 'This Was Expected' }).waitFor();
    await panel.getByRole('tab', { name: 'History' }).click();
    const newest = panel.getByRole('row').nth(1);
    await newest.getByText(/\d far/).waitFor();
    await editor.screenshot('dataset-history-unlike');
    await editor.treeRow(/^small/).click();
    await editor.treeRow(/^small/).focus();
    await editor.page.keyboard.press('ArrowRight');
    await editor.chooseInMenuOf(editor.treeRow(/^[0-9a-f]{7}.*newest/), 'This Was Expected…');
    const picker = editor.page.locator('.quick-input-widget');
    await picker.getByText(/^Rows: 401/).waitFor({ timeout: 20_000 });
    await picker.getByRole('checkbox').first().click();
    await editor.screenshot('dataset-expected-numbers');
    await editor.page.keyboard.press('Enter');
    await newest.getByText('As expected').waitFor({ timeout: 20_000 });
  });

  it('a reading that was cancelled while it was checked said that nothing was changed', async () => {
    const rows = Array.from({ length: 400 }, (_, row) => `${row}`).join('\n');
    const table = join(project.root, 'slow.csv');
    writeFileSync(table, `a\n${rows}\n`);
    project.slipway('dataset', 'add', 'slow', 'slow.csv');
    const query = 'SELECT count(*) FROM {object} a, {object} b, {object} c, {object} d WHERE a.a + b.a > c.a * d.a';
    const check = `      - { type: sql, query: "${query}", mustBe: 0 }`;
    const head = readFileSync(join(project.root, 'flights.odcs.yaml'), 'utf8').split('schema:')[0] ?? '';
    writeFileSync(join(project.root, 'slow.odcs.yaml'), `${head}schema:\n  - name: slow\n    quality:\n${check}\n`);
    const config = join(project.root, 'slipway.yaml');
    const before = readFileSync(config, 'utf8');
    writeFileSync(config, before.replace('path: slow.csv', 'path: slow.csv\n    contract: slow.odcs.yaml'));
    writeFileSync(table, `a\n${rows}\n401\n`);
    await openDatasets(editor);
    const running = editor.page.locator('.notification-toast', { hasText: 'Reading slow' });
    await editor.chooseInMenuOf(editor.treeRow(/^slow/), 'Refresh Dataset');
    await running.getByText('running the checks').waitFor();
    await running.getByRole('button', { name: 'Cancel' }).click();
    await editor.page.getByText('slow has a new version. Checking it and measuring its drift was cancelled.').waitFor();
    expect(registered()).toMatch(/slow\s+2 /);
    writeFileSync(config, before);
  });
});

/** A test that fails must leave what the next try begins with. */
function undoing(undo: () => void): Disposable {
  return { [Symbol.dispose]: undo };
}
