// The real editor under test: code-server with the packaged extension, driven by Chromium as a person would.
import { mkdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Browser, chromium, type Frame, type Locator, type Page } from 'playwright-core';
import { inject } from 'vitest';
import {
  CodeServer,
  type CodeServerOptions,
  isServedByAny,
  resetProfile,
  type ServedEditor,
  type Theme,
} from './code-server';
import type { Seat } from './shared-editor';

/** Milliseconds for what comes soon or not at all: a busy machine must not decide which. */
const patience = 60_000;
const screenshots = resolve(import.meta.dirname, '../../test-results');

export interface EditorOptions extends CodeServerOptions {
  /** Absolute path of the folder to open; without it the window is empty. */
  folder?: string;
  /** Absolute path of the .code-workspace file to open instead of a folder. */
  workspace?: string;
  /** Leave the extension out. */
  bare?: boolean;
  /** Size of the window in CSS pixels. */
  size?: { width: number; height: number };
}

const listedAs: Record<Theme, { name: string; kind: string }> = {
  'Default Dark Modern': { name: 'Dark Modern', kind: 'vs-dark' },
  'Default Light Modern': { name: 'Light Modern', kind: 'vs' },
  'Default High Contrast': { name: 'Dark High Contrast', kind: 'hc-black' },
  'Default High Contrast Light': { name: 'Light High Contrast', kind: 'hc-light' },
};

/** One VS Code window. `page` is Playwright's own page, for whatever has no method here. */
export class Editor implements AsyncDisposable {
  private constructor(
    readonly page: Page,
    private readonly address: string,
    private readonly owned: AsyncDisposableStack,
  ) {}

  /** Opens a window of an editor that nobody has used before and waits for the workbench. Use with `await using`. */
  static async open(options: EditorOptions = {}): Promise<Editor> {
    await using opened = new AsyncDisposableStack();
    const { url } = await serve(options, opened);
    const page = opened.adopt(await newPage(options), leave);
    await forget(page, url);
    const address = `${url}/?${opening(options)}`;
    await page.goto(address);
    const editor = new Editor(page, address, new AsyncDisposableStack());
    await editor.waitForWorkbench();
    if (options.workspace !== undefined) await editor.#waitForFolders(options.workspace);
    editor.owned.use(opened.move());
    return editor;
  }

  /** Another window, of another person's browser, on the same folder; it ends with this one. */
  async openSecond(): Promise<Editor> {
    const context = await (await theBrowser()).newContext({ viewport: { width: 1280, height: 800 } });
    this.owned.defer(() => context.close());
    const page = this.owned.adopt(await context.newPage(), leave);
    page.setDefaultTimeout(patience);
    const second = new Editor(page, this.address, new AsyncDisposableStack());
    await page.goto(this.address);
    await second.waitForWorkbench();
    return second;
  }

  /** Lets `look` look at a page of the same browser that holds nothing. */
  async inEmptyPage<T>(look: (page: Page) => Promise<T>): Promise<T> {
    const context = await (await theBrowser()).newContext();
    try {
      return await look(await context.newPage());
    } finally {
      await context.close();
    }
  }

  async waitForWorkbench(): Promise<void> {
    await this.page.locator('.monaco-workbench').waitFor();
    await this.page.locator('.activitybar .action-item').first().waitFor();
    // A webview takes the first worker that gains control for its own. The editor's, which serves no webview's files,
    // must therefore be in place before one is opened.
    await this.page.waitForFunction('navigator.serviceWorker.controller !== null');
  }

  /** VS Code (1.139) reads a workspace file as one without folders now and then; a person would load the page again. */
  async #waitForFolders(workspace: string): Promise<void> {
    const { folders } = JSON.parse(readFileSync(workspace, 'utf8')) as { folders: unknown[] };
    if (folders.length === 0) return;
    const first = this.page.locator('.explorer-folders-view .monaco-list-row').first();
    for (let tries = 1; tries <= 3; tries++) {
      const isThere = await first.waitFor({ timeout: 8000 }).then(
        () => true,
        () => false,
      );
      if (isThere) return;
      await this.page.reload();
      await this.waitForWorkbench();
    }
    throw new Error(`The window of ${workspace} shows no folder.`);
  }

  /**
   * Runs the palette command whose row starts with `title`, for example `Slipway: Refresh Runs`. The palette lists what
   * is known when it opens, and closes when a webview that has just loaded takes the focus: then it is opened again, as
   * a person would.
   */
  async runCommand(title: string): Promise<void> {
    const deadline = Date.now() + patience;
    for (;;) {
      try {
        return await this.#chooseCommand(title);
      } catch (error) {
        if (Date.now() > deadline) {
          throw new Error(`The palette of this window could not run ${title}.`, { cause: error });
        }
        await this.page.keyboard.press('Escape');
      }
    }
  }

  /** Closes what is open, and waits until its pages are gone: one that is going looks like the next. */
  async closeEditors(): Promise<void> {
    await this.runCommand('View: Close All Editors');
    const isPage = (frame: Frame): boolean => frame.url().includes('fake.html');
    for (const deadline = Date.now() + patience; Date.now() < deadline; ) {
      if (!this.page.frames().some(isPage)) return;
      await this.page.waitForTimeout(25);
    }
    throw new Error('A page of an editor that was closed is still there.');
  }

  async #chooseCommand(title: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget:visible input').first();
    await this.page.keyboard.press('F1');
    await input.waitFor({ timeout: 10_000 });
    await input.fill(`>${title}`, { timeout: 3000 });
    await this.quickPickRow(title).waitFor({ timeout: 8000 });
    // A list that is still being sorted has another command in the row by the time of the click.
    const first = this.page.locator('.quick-input-list .monaco-list-row.focused').filter({ hasText: title });
    if ((await first.count()) > 0) await input.press('Enter', { timeout: 3000 });
    else await this.quickPickRow(title).click({ timeout: 3000 });
  }

  /**
   * Runs a palette command that opens a list, and chooses the row that holds `text`. A list that closes because something
   * else took the focus is opened again.
   */
  async choose(title: string, text: string | RegExp): Promise<void> {
    await this.chooseAfter(() => this.runCommand(title), text);
  }

  /** Chooses the row that holds `text` of the list that `open` opens, which is opened again when it went or heard nothing. */
  async chooseAfter(open: () => Promise<unknown>, text: string | RegExp): Promise<void> {
    for (const deadline = Date.now() + patience; ; ) {
      try {
        await open();
        await this.quickPickRow(text).click({ timeout: 10_000 });
        // A list that is drawn anew while the mouse is down hears no click.
        return await this.quickPickRow(text).waitFor({ state: 'hidden', timeout: 5000 });
      } catch (error) {
        if (Date.now() > deadline) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
  }

  /** The row of the open quick pick that holds `text`. */
  quickPickRow(text: string | RegExp): Locator {
    return this.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: text }).first();
  }

  /**
   * Answers a box that asks for text. The list that was there before it has the same field, and may still be in sight.
   * What `open` opens it with is repeated when no box came: a menu that is drawn anew while the mouse is down hears no click.
   */
  async answerInput(text: string, open?: () => Promise<unknown>): Promise<void> {
    const field = '.quick-input-widget:visible:not(:has(.quick-input-list:visible)) input';
    await this.#answer(this.page.locator(field), text, open);
  }

  /** Answers a list by what is typed into its field, and Enter. */
  async answerList(text: string): Promise<void> {
    await this.#answer(this.page.locator('.quick-input-widget:visible:has(.quick-input-list:visible) input'), text);
  }

  async #answer(field: Locator, text: string, open?: () => Promise<unknown>): Promise<void> {
    const input = field.first();
    for (const deadline = Date.now() + patience; open !== undefined; ) {
      await open();
      const isThere = input.waitFor({ timeout: 10_000 }).then(() => true);
      if ((await isThere.catch(() => false)) || Date.now() > deadline) break;
    }
    await input.waitFor();
    await input.fill(text);
    await input.press('Enter');
  }

  /**
   * Answers VS Code's own file dialog with an absolute path. It opens with a path of its own, looks up what is typed, and
   * hears no Enter before it has found it: Enter is pressed until it does, as a person would.
   */
  async answerFileDialog(path: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget:visible input').first();
    const deadline = Date.now() + patience;
    const value = (): Promise<string> => input.inputValue({ timeout: 500 }).catch(() => '');
    while (!(await value()).startsWith('/')) {
      if (Date.now() > deadline) throw new Error('No file dialog opened.');
      await this.page.waitForTimeout(50);
    }
    await input.fill(path);
    while (await input.isVisible()) {
      if (Date.now() > deadline) throw new Error(`The file dialog did not take ${path}.`);
      if ((await value()) !== path) await input.fill(path, { timeout: 500 }).catch(() => undefined);
      await this.page.waitForTimeout(300);
      if ((await value()) === path) await input.press('Enter', { timeout: 500 }).catch(() => undefined);
      await this.page.waitForTimeout(200);
    }
  }

  /**
   * Shows the view container with this name in the activity bar. A window that has just been reloaded may be about to
   * show it again by itself; a click then hides it, and is repeated.
   */
  async openView(name: string): Promise<void> {
    const icon = this.page.locator(`.activitybar .action-item:has(a[aria-label^="${name}"])`).first();
    const title = this.page.locator('.sidebar .composite.title', { hasText: name });
    await icon.waitFor();
    const deadline = Date.now() + patience;
    while (!(await title.isVisible())) {
      await icon.click();
      await title.waitFor({ timeout: 3000 }).catch((error: unknown) => {
        if (Date.now() > deadline) throw error;
      });
    }
  }

  /** A row of a tree in the side bar, by a piece of its text. */
  treeRow(text: string | RegExp): Locator {
    return this.page.locator('.sidebar .monaco-list-row').filter({ hasText: text }).first();
  }

  /** Opens a new integrated terminal and waits until it takes input. */
  async openTerminal(): Promise<void> {
    const terminals = this.page.locator('.terminal-wrapper');
    const before = await terminals.count();
    await this.runCommand('Terminal: Create New Terminal');
    await terminals.nth(before).waitFor({ state: 'attached' });
    const last = this.page.locator('.terminal-wrapper.active').last();
    await last.locator('.xterm-helper-textarea').waitFor({ state: 'attached' });
    await last.click();
  }

  /** Types a line into the terminal that has the focus, and Enter. */
  async type(line: string): Promise<void> {
    await this.page.keyboard.type(line);
    await this.page.keyboard.press('Enter');
  }

  /** The frame of a webview panel: the one whose inner page has an element for `selector`. */
  async webviewFrame(selector = '#root', timeoutMs = patience): Promise<Frame> {
    const deadline = Date.now() + timeoutMs;
    while (Date.now() < deadline) {
      for (const frame of this.page.frames().filter((each) => each.url().includes('fake.html'))) {
        // What a page looked like before it was hidden covers it while it is drawn anew.
        const isThere = await frame
          .locator(`body:not(:has(#still)) ${selector}`)
          .count()
          .catch(() => 0);
        if (isThere > 0) return frame;
      }
      await this.page.waitForTimeout(50);
    }
    const urls = this.page.frames().map((frame) => frame.url().slice(0, 120));
    throw new Error(`No webview shows ${selector} within ${timeoutMs} ms. Frames:\n${urls.join('\n')}`);
  }

  /**
   * Chooses an entry, by its whole text, of the context menu of a row. Rows that are drawn anew close the menu that was
   * opened on them: then it is opened again, as a person would.
   */
  async chooseInMenuOf(row: Locator, entry: string): Promise<void> {
    const menu = this.page.locator('.monaco-menu');
    const label = menu.locator('.action-label', { hasText: new RegExp(`^${entry}$`) });
    for (const deadline = Date.now() + patience; ; ) {
      try {
        await row.click({ button: 'right', timeout: 5000 });
        await label.waitFor({ timeout: 5000 });
        // A menu hears no click in its first moment, lest the one that opened it should choose.
        await this.page.waitForTimeout(300);
        await label.click({ timeout: 3000 });
        break;
      } catch (error) {
        if (Date.now() > deadline) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
    await menu.waitFor({ state: 'hidden' });
  }

  /** Changes the colour theme of the open window, by the name under which VS Code lists it. */
  async setTheme(theme: Theme): Promise<void> {
    await this.runCommand('Preferences: Color Theme');
    const input = this.page.locator('.quick-input-widget:visible input').first();
    await input.fill(listedAs[theme].name);
    await this.quickPickRow(listedAs[theme].name).click();
    await this.page.locator(`.monaco-workbench.${listedAs[theme].kind}`).waitFor();
  }

  /** The texts of the notifications on screen. */
  notifications(): Promise<string[]> {
    return this.page.locator('.notification-list-item-message').allInnerTexts();
  }

  /** Writes test-results/<name>.png and returns its path. */
  async screenshot(name: string): Promise<string> {
    mkdirSync(screenshots, { recursive: true });
    const path = resolve(screenshots, `${name}.png`);
    await this.page.screenshot({ path });
    return path;
  }

  /** Reloads the window by its own command; the browser's reload would not let it keep what is open. */
  async reload(): Promise<void> {
    const loaded = this.page.waitForEvent('load');
    await this.runCommand('Developer: Reload Window');
    await loaded;
    await this.waitForWorkbench();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.owned[Symbol.asyncDispose]();
  }
}

/** The code-server that all tests share, or one started for options it cannot take. */
async function serve(options: EditorOptions, owned: AsyncDisposableStack): Promise<ServedEditor> {
  if (options.bare || !isServedByAny(options)) {
    const extensions = options.bare ? {} : { extensions: inject('extensions') };
    const builtIns = inject('builtIns');
    return owned.use(await CodeServer.start({ ...extensions, ...(builtIns && { builtIns }), ...options }));
  }
  const served = seat().codeServer;
  resetProfile(served.profile, options);
  return served;
}

/** This worker's own code-server and browser. */
function seat(): Seat {
  const own = inject('seats')[Number(process.env.VITEST_POOL_ID) - 1];
  if (own === undefined) throw new Error(`There is no editor for worker ${process.env.VITEST_POOL_ID}.`);
  return own;
}

let browser: Promise<Browser> | undefined;

function theBrowser(): Promise<Browser> {
  browser ??= chromium.connectOverCDP(seat().browser);
  return browser;
}

async function newPage(options: EditorOptions): Promise<Page> {
  const [context] = (await theBrowser()).contexts();
  if (context === undefined) throw new Error('The browser has no profile.');
  // Terminals paste and runs' ids are copied: a person has granted that to the editor once.
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const page = await context.newPage();
  page.setDefaultTimeout(patience);
  await page.setViewportSize(options.size ?? { width: 1280, height: 800 });
  return page;
}

/** Makes the browser forget what windows of this address kept in it: open editors, widths, dismissed hints. */
async function forget(page: Page, origin: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb,local_storage' });
  await session.detach();
}

/** A window that is left says so to its extension host, which then ends; one that is cut off is waited for. */
async function leave(page: Page): Promise<void> {
  if (page.isClosed()) return;
  await page.goto('about:blank');
  await page.close();
}

function opening({ folder, workspace }: EditorOptions): string {
  if (workspace !== undefined) return `workspace=${encodeURIComponent(workspace)}`;
  return folder === undefined ? 'ew=true' : `folder=${encodeURIComponent(folder)}`;
}
