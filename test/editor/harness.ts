// The real editor under test: code-server with the packaged extension, driven by Chromium as a person would.
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Browser, chromium, type Frame, type Locator, type Page } from 'playwright-core';
import { inject } from 'vitest';
import { CodeServer, type CodeServerOptions } from './code-server';
import { chromiumPath } from './editor-programs';

const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
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

/** One VS Code window. `page` is Playwright's own page, for whatever has no method here. */
export class Editor implements AsyncDisposable {
  private constructor(
    readonly page: Page,
    private readonly browser: Browser,
    private readonly server: CodeServer,
    private readonly address: string,
  ) {}

  /** Starts code-server and Chromium and waits for the workbench. Use with `await using`. */
  static async open(options: EditorOptions = {}): Promise<Editor> {
    const extensions = options.bare ? {} : { extensions: inject('extensions') };
    const server = await CodeServer.start({ ...extensions, ...options });
    const browser = await chromium.launch({ executablePath: chromiumPath(), args: chromiumFlags });
    const address = `${server.url}/?${opening(options)}`;
    const editor = new Editor(await newPage(browser, options), browser, server, address);
    try {
      await editor.page.goto(address);
      await editor.waitForWorkbench();
      return editor;
    } catch (error) {
      await editor[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** Another window of the same server, on the same folder; it ends with this one. */
  async openSecond(): Promise<Editor> {
    const second = new Editor(await newPage(this.browser, {}), this.browser, this.server, this.address);
    await second.page.goto(this.address);
    await second.waitForWorkbench();
    return second;
  }

  async waitForWorkbench(): Promise<void> {
    await this.page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
    await this.page.locator('.activitybar .action-item').first().waitFor({ timeout: 60_000 });
    // A webview takes the first worker that gains control for its own. The editor's, which serves no webview's files,
    // must therefore be in place before one is opened.
    await this.page.waitForFunction('navigator.serviceWorker.controller !== null', undefined, { timeout: 60_000 });
  }

  /**
   * Runs the palette command whose row starts with `title`, for example `Slipway: Refresh Runs`. The palette lists what
   * is known when it opens, and closes when a webview that has just loaded takes the focus: then it is opened again, as
   * a person would.
   */
  async runCommand(title: string): Promise<void> {
    const deadline = Date.now() + 30_000;
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

  async #chooseCommand(title: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget:visible input').first();
    await this.page.keyboard.press('F1');
    await input.waitFor({ timeout: 10_000 });
    await input.fill(`>${title}`, { timeout: 3000 });
    await this.quickPickRow(title).click({ timeout: 3000 });
  }

  /** The row of the open quick pick that holds `text`. */
  quickPickRow(text: string | RegExp): Locator {
    return this.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: text }).first();
  }

  /** Answers an open quick input: fills it and presses Enter. */
  async answerInput(text: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget:visible input').first();
    await input.waitFor();
    await input.fill(text);
    await input.press('Enter');
  }

  /** Shows the view container with this name in the activity bar, unless it is already shown. */
  async openView(name: string): Promise<void> {
    const icon = this.page.locator(`.activitybar .action-item:has(a[aria-label^="${name}"])`).first();
    await icon.waitFor();
    if ((await icon.getAttribute('class'))?.includes('checked') !== true) await icon.click();
    await this.page.locator('.sidebar .composite.title', { hasText: name }).waitFor();
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
  async webviewFrame(selector = '#root', timeoutMs = 20_000): Promise<Frame> {
    const deadline = Date.now() + timeoutMs;
    while (Date.now() < deadline) {
      for (const frame of this.page.frames().filter((each) => each.url().includes('fake.html'))) {
        const isThere = await frame
          .locator(selector)
          .count()
          .catch(() => 0);
        if (isThere > 0) return frame;
      }
      await this.page.waitForTimeout(50);
    }
    const urls = this.page.frames().map((frame) => frame.url().slice(0, 120));
    throw new Error(`No webview shows ${selector} within ${timeoutMs} ms. Frames:\n${urls.join('\n')}`);
  }

  /** Chooses an entry of the context menu that is open or about to open, by its whole text. */
  async chooseInMenu(entry: string): Promise<void> {
    const menu = this.page.locator('.monaco-menu');
    const label = menu.locator('.action-label', { hasText: new RegExp(`^${entry}$`) });
    await label.waitFor();
    // A menu hears no click in its first moment, lest the one that opened it should choose.
    await this.page.waitForTimeout(300);
    await label.click();
    await menu.waitFor({ state: 'hidden' });
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
    const loaded = this.page.waitForEvent('load', { timeout: 60_000 });
    await this.runCommand('Developer: Reload Window');
    await loaded;
    await this.waitForWorkbench();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.browser.close();
    await this.server[Symbol.asyncDispose]();
  }
}

function opening({ folder, workspace }: EditorOptions): string {
  if (workspace !== undefined) return `workspace=${encodeURIComponent(workspace)}`;
  return folder === undefined ? 'ew=true' : `folder=${encodeURIComponent(folder)}`;
}

async function newPage(browser: Browser, options: EditorOptions): Promise<Page> {
  const context = await browser.newContext({ viewport: options.size ?? { width: 1280, height: 800 } });
  // Terminals paste and runs' ids are copied: a person has granted that to the editor once.
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  return context.newPage();
}
