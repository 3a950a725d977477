// The ways from outside to a run: what MLflow prints in a terminal, and links that other programs open.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ExtraExtension } from './extra-extension';
import type { Editor } from './harness';
import { Project } from './project';
import { sharedWindow } from './shared-window';

/** Another extension that opens the link in link.txt, as a browser or a chat would, and writes the commands that there are to commands.json. */
function linkOpener(): ExtraExtension {
  const main = `const { commands, Uri, workspace } = require('vscode');
const place = (name) => Uri.joinPath(workspace.workspaceFolders[0].uri, name);
const open = async () => {
  const link = Buffer.from(await workspace.fs.readFile(place('link.txt'))).toString().trim();
  await commands.executeCommand('vscode.open', Uri.parse(link));
};
const list = async () => {
  const all = await commands.getCommands(true);
  await workspace.fs.writeFile(place('commands.json'), Buffer.from(JSON.stringify(all)));
};
exports.activate = (context) => context.subscriptions.push(
  commands.registerCommand('linkopener.open', open), commands.registerCommand('linkopener.list', list));`;
  const contributed = [
    { command: 'linkopener.open', title: 'Open the Link', category: 'Test' },
    { command: 'linkopener.list', title: 'List the Commands', category: 'Test' },
  ];
  return new ExtraExtension({
    manifest: {
      ...{ name: 'linkopener', publisher: 'slipway-test', version: '1.0.0', main: './main.js' },
      ...{ engines: { vscode: '^1.101.0' }, contributes: { commands: contributed } },
    },
    files: { 'main.js': main },
  });
}

function declaredCommands(): string[] {
  const manifest = readFileSync(resolve(import.meta.dirname, '../../package.json'), 'utf8');
  const { contributes } = JSON.parse(manifest) as { contributes: { commands: { command: string }[] } };
  return contributes.commands.map(({ command }) => command);
}

async function openLink(editor: Editor, project: Project, link: string): Promise<void> {
  writeFileSync(join(project.root, 'link.txt'), link);
  await editor.runCommand('Test: Open the Link');
}

async function told(editor: Editor, text: string): Promise<void> {
  await editor.page.locator('.notification-list-item-message', { hasText: text }).waitFor();
}

/** Where a text stands in the last line of the terminal that `line` is true of, in pixels of the page. */
async function placeOf(editor: Editor, line: RegExp, text: string): Promise<{ x: number; y: number }> {
  const row = editor.page.locator('.xterm-rows > div', { hasText: line }).last();
  await row.waitFor();
  return row.evaluate((element, wanted) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const index = node.textContent?.indexOf(wanted) ?? -1;
      if (index < 0) continue;
      const range = document.createRange();
      range.setStart(node, index);
      range.setEnd(node, index + wanted.length);
      const { x, y, height } = range.getBoundingClientRect();
      return { x, y: y + height / 2 };
    }
    throw new Error(`The terminal does not show ${wanted}.`);
  }, text);
}

async function follow(editor: Editor, at: { x: number; y: number }): Promise<void> {
  await editor.page.keyboard.down('Control');
  await editor.page.mouse.click(at.x + 42, at.y);
  await editor.page.keyboard.up('Control');
}

describe('a run is found by', () => {
  const opener = linkOpener();
  afterAll(() => opener[Symbol.dispose]());
  // The text of a terminal is in the page only when it is not drawn by the graphics card.
  const settings = { 'terminal.integrated.gpuAcceleration': 'off' };
  const shared = sharedWindow(
    () => Project.create(),
    () => ({ settings, extensions: opener.folder }),
  );

  it('a link, which may only name what is open here or what the user agrees to open', async () => {
    const { editor, project } = shared;
    await using other = Project.create();
    project.record('linked', 5);
    other.record('elsewhere', 5);
    const run = JSON.parse(project.slipway('runs', 'show', 'linked', '--json'));
    await editor.openView('Slipway');
    await editor.treeRow('linked').waitFor();

    await editor.chooseInMenuOf(editor.treeRow('linked'), 'Copy Link to Run');
    await editor.page.getByText(`Link to run ${run.run_id.slice(0, 8)} copied.`).waitFor();
    const link = (await editor.page.evaluate('navigator.clipboard.readText()')) as string;
    expect(link).toMatch(new RegExp(`^\\w[\\w-]*://slipway\\.slipway/run/${run.run_id}\\?folder=`));
    await openLink(editor, project, link);
    const panel = await editor.webviewFrame('.metric-row');
    expect(await panel.locator('.head').innerText()).toContain('linked');

    const scheme = link.split(':')[0];
    await openLink(editor, project, `${scheme}://slipway.slipway/run/../../etc`);
    await told(editor, 'This link names no run.');
    await openLink(editor, project, `${scheme}://slipway.slipway/run/${run.run_id}?folder=/etc`);
    await told(editor, '/etc is not a Slipway workspace of this machine.');
    // On Windows this is the share of another machine, which is not asked whether it has it.
    await openLink(editor, project, `${scheme}://slipway.slipway/run/${run.run_id}?folder=/${project.root}`);
    await told(editor, `/${project.root} is not a Slipway workspace of this machine.`);
    const [elsewhere] = JSON.parse(other.slipway('runs', 'list', '--json')).items;
    await openLink(editor, project, `${scheme}://slipway.slipway/run/${elsewhere.run_id}?folder=${other.root}`);
    const question = editor.page.locator('.monaco-dialog-box', { hasText: `Open ${other.root}?` });
    await question.waitFor();
    await editor.screenshot('link-question');
    const opened = editor.page.context().waitForEvent('page');
    await question.getByRole('button', { name: 'Open Folder' }).click();
    const window = await opened;
    await window.locator('.tab', { hasText: 'elsewhere' }).waitFor();
    await window.close();
  });

  it('commands, each of which is there as soon as Slipway is', async () => {
    const { editor, project } = shared;
    await editor.openView('Slipway');
    const declared = declaredCommands().sort();
    const list = join(project.root, 'commands.json');
    const isOurs = (command: string): boolean => /^slipway\.[a-zA-Z]+$/.test(command);
    const found = async (): Promise<string[]> => {
      await editor.runCommand('Test: List the Commands');
      const all = existsSync(list) ? (JSON.parse(readFileSync(list, 'utf8')) as string[]) : [];
      return all.filter(isOurs).sort();
    };
    await expect.poll(found).toEqual(expect.arrayContaining(declared));
    // The views' own commands, which VS Code makes of their names.
    const views = /^slipway\.(runs|datasets|models)$/;
    expect((await found()).filter((command) => !declared.includes(command) && !views.test(command))).toEqual([]);
  });

  it('the address that MLflow prints in a terminal', async () => {
    const { editor, project } = shared;
    project.record('printed', 5);
    project.slipway('run', '--name', 'apart', '--experiment', 'two words', '--', 'true');
    const [apart, run] = ['apart', 'printed'].map((name) =>
      JSON.parse(project.slipway('runs', 'show', name, '--json')),
    );
    const address = JSON.parse(readFileSync(join(project.root, '.slipway/address.json'), 'utf8')) as { url: string };
    await editor.openView('Slipway');
    await editor.treeRow('printed').waitFor();
    await editor.openTerminal();
    const printed = `${address.url}/#/experiments/${run.experiment_id}/runs/${run.run_id}`;
    const lines = [
      `View run printed at: ${printed}`,
      `View experiment at: ${address.url}/#/experiments/${apart.experiment_id}`,
      'elsewhere http://127.0.0.1:1/#/experiments/1',
    ];
    await editor.type(`clear; printf '%s\\n' ${lines.map((line) => `"${line}"`).join(' ')}`);
    const at = await placeOf(editor, /^View run/, 'http://127.0.0.1:');
    await editor.page.mouse.move(at.x + 40, at.y);
    await editor.page.getByText('Open the run in Slipway').waitFor();
    await editor.screenshot('terminal-links');
    await follow(editor, at);
    const panel = await editor.webviewFrame('.metric-row');
    expect(await panel.locator('.head').innerText()).toContain('printed');

    const experiment = await placeOf(editor, /^View experiment/, 'http://127.0.0.1:');
    await editor.page.mouse.move(experiment.x + 40, experiment.y);
    await editor.page.getByText('Show the experiment in Slipway').waitFor();
    await follow(editor, experiment);
    await editor.treeRow('printed').waitFor({ state: 'detached' });
    await editor.treeRow('apart').waitFor();
    await editor.screenshot('experiment-link');

    // An address of something else is followed as everywhere.
    const other = await placeOf(editor, /^elsewhere/, 'http://127.0.0.1:');
    await editor.page.mouse.move(other.x + 40, other.y);
    const hover = editor.page.locator('.monaco-hover:visible, .workbench-hover:visible', { hasText: 'link' });
    await hover.first().waitFor();
    expect((await hover.allInnerTexts()).join()).not.toContain('in Slipway');
  });
});
