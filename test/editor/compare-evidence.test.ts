// The evidence behind a comparison in the real editor: errors, curves, examples and files, by mouse and keys, in four themes.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { deflateSync } from 'node:zlib';
import type { Frame, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Seeding } from '../engine/seeded-workspace';
import { Editor } from './harness';
import { faultsOf } from './panel-faults';
import { SeededProject } from './seeded-project';
import { selectRuns } from './seeded-tree';
import { inFileName, themes } from './themes';

const hostile = '<img src=x onerror="document.title=1">';
const wave = (n: number): number => {
  const value = Math.sin(n * 12.9898) * 43758.5453;
  return value - Math.floor(value);
};

function seed({ runs, clock }: Seeding): void {
  const experimentId = runs.createExperiment({ name: 'delay' });
  for (const name of ['base', 'weather', 'rent-1', 'rent-2', 'digits-1', 'digits-2']) {
    clock.now += 60_000;
    const startTime = clock.now - 3_600_000;
    const { runId } = runs.createRun({ experimentId, userId: 'ada', name, startTime });
    runs.logBatch(runId, { params: [{ key: 'rate', value: name }] });
    runs.updateRun(runId, { status: 'FINISHED', endTime: startTime + 1000 });
  }
}

/** Predictions of one of two models; the second is surer, and wrong with one carrier. */
function predictions(isSecond: boolean): string {
  const carriers = ['AA', 'DL', 'FL', hostile.replaceAll('"', '""')];
  const rows = Array.from({ length: 2000 }, (_, row) => {
    const truth = wave(row) < 0.4 ? 1 : 0;
    const pull = isSecond ? 2.4 : 1.6;
    const carrier = carriers[row % 4];
    const side = carrier === 'FL' && isSecond ? -0.6 : truth - 0.45;
    const score = 1 / (1 + Math.exp(-pull * side * 2 - (wave(row + 5000) - 0.5) * 7));
    return `flight ${row},${truth},${score.toFixed(4)},"${carrier}",${(wave(row + 9) * 60).toFixed(0)}`;
  });
  return `id,y_true,score,carrier,rain\n${rows.join('\n')}\n`;
}

/** Predictions of six classes with a score for each. */
function digits(right: number): string {
  const names = ['zero', 'one', 'two', 'three', 'four', hostile.replaceAll('"', "'")];
  const rows = Array.from({ length: 900 }, (_, row) => {
    const truth = Math.floor(wave(row) * 6);
    const raw = names.map((_name, label) => wave(row * 7 + label) + (label === truth ? right : 0));
    const sum = raw.reduce((total, each) => total + each, 0);
    return `${row},${names[truth]},${raw.map((each) => (each / sum).toFixed(5)).join(',')}`;
  });
  return `id,y_true,${names.map((name) => `score_${name}`).join(',')}\n${rows.join('\n')}\n`;
}

/** A PNG of a gradient, with a bar at `place`. */
function picture(place: number): Buffer {
  const [width, height] = [64, 40];
  const raw = Buffer.alloc((width * 3 + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = y * (width * 3 + 1) + 1 + x * 3;
      raw.set(Math.abs(x - place) < 3 ? [250, 80, 60] : [40 + x * 2, 90 + y * 3, 160], at);
    }
  }
  const crcTable = Array.from({ length: 256 }, (_, n) => {
    let c = n;
    for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    return c >>> 0;
  });
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const crc = body.reduce((c, byte) => (crcTable[(c ^ byte) & 255] ?? 0) ^ (c >>> 8), 0xffffffff);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.writeUInt32BE((crc ^ 0xffffffff) >>> 0, 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const sign = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return Buffer.concat([sign, chunk('IHDR', head), chunk('IDAT', deflateSync(raw)), chunk('IEND', Buffer.alloc(0))]);
}

function filesOf(isSecond: boolean): Record<string, string | Buffer> {
  const steps = isSecond ? [0, 100, 200, 400] : [0, 100, 200, 300, 400];
  return {
    'predictions.csv': predictions(isSecond),
    ...Object.fromEntries(
      steps.map((step) => [
        `samples/step_${String(step).padStart(4, '0')}.png`,
        picture(5 + step / 10 + (isSecond ? 8 : 0)),
      ]),
    ),
    'plots/torn.png': picture(20).subarray(0, 60),
    'report.csv': `id,carrier,f1\n1,AA,0.81\n2,DL,${isSecond ? '0.84' : '0.79'}\n3,"${hostile.replaceAll('"', '""')}",0.5\n`,
    'notes.txt': `line one\nline two\n${isSecond ? 'a change' : 'the old'} here\n${hostile}\n`,
    ...(isSecond ? { 'only.json': '{"a": 1}' } : {}),
  };
}

function put(project: SeededProject, run: string, files: Record<string, string | Buffer>): void {
  const folder = join(project.root, `out-${run}`);
  for (const [path, content] of Object.entries(files)) {
    const place = join(folder, path);
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, content);
    const to = dirname(path);
    project.slipway('artifacts', 'put', run, place, ...(to === '.' ? [] : ['--to', to]));
  }
}

async function compare(editor: Editor, first: string, second: string): Promise<Frame> {
  await selectRuns(editor, [first, second]);
  await editor.page.keyboard.press('Control+Shift+C');
  return editor.webviewFrame('.verdict h1');
}

/** Below the head of the panel, which covers what lies under it. */
async function bringUp(part: Locator): Promise<void> {
  await part.evaluate((element) => {
    const { ownerDocument, getBoundingClientRect } = element as unknown as {
      ownerDocument: { defaultView: { scrollBy(x: number, y: number): void } };
      getBoundingClientRect(): { top: number };
    };
    ownerDocument.defaultView.scrollBy(0, getBoundingClientRect.call(element).top - 60);
  });
}

describe('the evidence of two classifiers', () => {
  let project: SeededProject;
  let editor: Editor;
  let panel: Frame;
  const section = (name: string) => panel.locator(`section[aria-label="${name}"]`);
  beforeAll(async () => {
    project = SeededProject.create(seed);
    put(project, 'base', filesOf(false));
    put(project, 'weather', filesOf(true));
    const numbers = (shift: number) =>
      `id,y_true,y_pred\n${Array.from({ length: 600 }, (_, row) => `${row},${wave(row) * 100},${wave(row) * 100 * shift + (wave(row + 3) - 0.5) * 20}`).join('\n')}\n`;
    put(project, 'rent-1', { 'predictions.csv': numbers(1) });
    put(project, 'rent-2', { 'predictions.csv': numbers(0.9) });
    put(project, 'digits-1', { 'predictions.csv': digits(0.7) });
    put(project, 'digits-2', { 'predictions.csv': digits(0.8) });
    editor = await Editor.open({ folder: project.root, size: { width: 1500, height: 1300 } });
    await editor.openView('Slipway');
    await editor.treeRow('base').waitFor();
    panel = await compare(editor, 'base', 'weather');
  });
  afterAll(async () => {
    await editor[Symbol.asyncDispose]();
    await project[Symbol.asyncDispose]();
  });

  it('shows which errors there are, and moves them with the threshold by keys', async () => {
    const errors = section('Which errors?');
    await errors.locator('.matrix').nth(2).waitFor();
    await errors.scrollIntoViewIfNeeded();
    await editor.screenshot('evidence-errors');
    const answer = errors.locator('.answer');
    expect(await answer.innerText()).toMatch(/false negatives \d+ → \d+, false positives \d+ → \d+/);
    const before = await answer.innerText();
    const slider = errors.getByRole('slider', { name: 'Threshold' });
    await slider.focus();
    for (let press = 0; press < 10; press += 1) await slider.press('ArrowRight');
    await expect.poll(() => errors.innerText()).toContain('1 from score 0.600 on');
    const atSixTenths = await answer.innerText();
    expect(atSixTenths).not.toBe(before);
    const field = errors.getByRole('textbox', { name: 'Threshold as a number' });
    expect(await field.inputValue()).toBe('0.600');
    await field.fill('a lot');
    await field.press('Enter');
    await errors.getByText('a lot is no number: type one from 0.000 to 1.000.').waitFor();
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    await field.fill('1.2');
    await field.press('Enter');
    await errors.getByText('1.2 is beyond the scores: type one from 0.000 to 1.000.').waitFor();
    await editor.screenshot('evidence-threshold-refused');
    await field.press('Escape');
    expect(await field.inputValue()).toBe('0.600');
    await field.fill('0,3574');
    await field.press('Enter');
    await expect.poll(() => errors.innerText()).toContain('1 from score 0.357 on');
    expect(await answer.innerText()).not.toBe(atSixTenths);
    expect(await field.inputValue()).toBe('0.357');
    expect(await field.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);
    await errors.getByRole('button', { name: 'Counts' }).click();
    const sum = async (which: number): Promise<number> =>
      (await errors.locator('.matrix').nth(which).locator('td').allInnerTexts()).reduce(
        (total, text) => total + Number(text.replaceAll(',', '')),
        0,
      );
    expect([await sum(0), await sum(1)]).toEqual([2000, 2000]);
    await errors.getByRole('button', { name: 'As Predicted' }).click();
    await expect.poll(() => answer.innerText()).toBe(before);
  });

  it('draws curves that say their finding, as a table and into a file', async () => {
    const scores = section('How sure are they?');
    await scores.scrollIntoViewIfNeeded();
    await editor.screenshot('evidence-scores');
    expect(await scores.locator('.answer').innerText()).toMatch(/AUC 0\.\d{4} → 0\.\d{4}, ECE 0\.\d{3}/);
    expect(await scores.locator('svg.plot-view').first().getAttribute('aria-label')).toMatch(
      /^ROC of 1: base AUC 0\.\d+ over \d+ points, weather AUC/,
    );
    await scores.getByRole('button', { name: 'Equal widths' }).click();
    const figure = scores.locator('figure', { hasText: 'Calibration' });
    await figure.hover();
    await figure.getByRole('button', { name: 'Show as Table: Calibration' }).click();
    await expect.poll(() => figure.locator('tbody tr').count()).toBeGreaterThan(10);
    await figure.getByRole('button', { name: 'Show as Table: Calibration' }).click();
    const roc = scores.locator('figure', { hasText: 'ROC' });
    await roc.hover();
    for (const [kind, check] of [
      ['CSV', /^side,false positive rate,true positive rate\nbase,0,0\n/],
      ['PNG', /^.PNG\r\n/],
      ['SVG', /^<svg [\s\S]+>weather<\/text>/],
    ] as const) {
      const file = join(project.root, `roc.${kind.toLowerCase()}`);
      await roc.hover();
      await roc.getByRole('button', { name: 'Export Chart…: ROC' }).click();
      await editor.quickPickRow(kind).click();
      await editor.answerFileDialog(file);
      await expect
        .poll(() => {
          try {
            return readFileSync(file, 'utf8');
          } catch {
            return '';
          }
        })
        .toMatch(check);
    }
  });

  it('opens a flipped example and goes on by keys; a slice has its own', async () => {
    const examples = section('Which examples?');
    await examples.locator('.ids .link').first().press('Enter');
    const example = examples.locator('.example');
    await example.waitFor();
    await example.scrollIntoViewIfNeeded();
    await editor.screenshot('evidence-example');
    const first = await example.locator('strong').innerText();
    expect(await example.innerText()).toMatch(/carrier[\s\S]+rain/);
    await editor.page.keyboard.press('ArrowRight');
    await expect.poll(() => example.locator('strong').innerText()).not.toBe(first);
    await editor.page.keyboard.press('End');
    await expect.poll(() => example.innerText()).toMatch(/(\d+) of \1\n/);
    await editor.page.keyboard.press('Escape');
    await example.waitFor({ state: 'detached' });
    const slices = section('Where?');
    await slices.getByRole('button', { name: 'FL' }).click();
    await examples.getByText('Only carrier = FL').waitFor();
    await examples.locator('.ids .link').first().click();
    await expect.poll(() => example.locator('tr', { hasText: 'carrier' }).innerText()).toContain('FL');
    await examples.getByRole('button', { name: 'All Rows' }).click();
  });

  it('lays files side by side, steps with a slider, a torn image told, a text in the editor’s own diff', async () => {
    const files = section('What did they write?');
    await files.scrollIntoViewIfNeeded();
    expect(await files.locator('.answer').innerText()).toMatch(/\d in both, 1 only in weather/);
    await files.getByRole('button', { name: 'samples/step_*.png' }).click();
    await expect.poll(() => files.locator('.image-part img').count()).toBe(2);
    const slider = files.getByRole('slider', { name: 'Step' });
    expect(await slider.getAttribute('aria-valuetext')).toBe('step 400');
    await files.getByRole('button', { name: 'Zoom In' }).click();
    await slider.focus();
    await slider.press('ArrowLeft');
    await expect.poll(() => slider.getAttribute('aria-valuetext')).toBe('step 300, not in weather');
    await slider.press('ArrowLeft');
    await expect.poll(() => files.locator('.image-part img').count()).toBe(2);
    const seen = await files
      .locator('.image-part img')
      .first()
      .evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth);
    expect(seen).toBe(64);
    await files.scrollIntoViewIfNeeded();
    await editor.screenshot('evidence-images');
    await files.getByRole('button', { name: 'plots/torn.png' }).click();
    await files.getByText('This image is cut short').first().waitFor();
    await files.getByRole('button', { name: 'report.csv' }).click();
    await files.getByText('3 rows, 1 differs, paired by id.').waitFor();
    expect(await files.locator('.table-part del').allInnerTexts()).toEqual(['0.79']);
    await files.getByRole('button', { name: 'Only Differing' }).click();
    await expect.poll(() => files.locator('.table-part').innerText()).toContain(hostile);
    await editor.screenshot('evidence-table');
    await files.getByRole('button', { name: 'notes.txt' }).click();
    await files.getByText('the first in line 3').waitFor();
    await editor.screenshot('evidence-text');
    expect(await panel.evaluate('document.title')).not.toBe('1');
    await files.getByRole('button', { name: 'Open Diff' }).click();
    await editor.page.locator('.tab', { hasText: 'notes.txt' }).waitFor();
    const lines = editor.page.locator('.monaco-diff-editor .modified .view-lines').first();
    await expect.poll(() => lines.innerText()).toContain('change');
    await editor.runCommand('View: Close Editor');
    panel = await editor.webviewFrame('.verdict h1');
    const again = section('What did they write?');
    await again.getByText('the first in line 3').waitFor();
    expect(await again.locator('.text-lines del, .text-lines ins').allInnerTexts()).toEqual([
      'the old here',
      'a change here',
    ]);
    await again.getByRole('button', { name: 'samples/step_*.png' }).click();
    await again.locator('.image-part').first().click();
    await editor.page.locator('.tab', { hasText: 'step_0200.png' }).waitFor();
    await editor.runCommand('View: Close Editor');
    panel = await editor.webviewFrame('.verdict h1');
    const slides = section('What did they write?').getByRole('slider', { name: 'Step' });
    await expect.poll(() => slides.getAttribute('aria-valuetext')).toBe('step 200');
    await section('What did they write?').getByRole('button', { name: 'notes.txt' }).click();
  });

  it.each(themes)('nothing keeps anybody from reading it in %s, wide and narrow', async (theme) => {
    await editor.setTheme(theme);
    const files = section('What did they write?');
    for (const width of [1500, 780]) {
      await editor.page.setViewportSize({ width, height: 1300 });
      await editor.page.waitForTimeout(400);
      await bringUp(section('Which errors?'));
      expect(await faultsOf(panel)).toEqual([]);
      await editor.screenshot(`evidence-${inFileName(theme)}-${width}`);
      await bringUp(files);
      await editor.screenshot(`evidence-files-${inFileName(theme)}-${width}`);
    }
    await editor.page.setViewportSize({ width: 1500, height: 1300 });
  });

  it('numbers: predicted against true, residuals, and the rows whose distance changed most', async () => {
    await editor.setTheme('Default Dark Modern');
    await editor.closeEditors();
    panel = await compare(editor, 'rent-1', 'rent-2');
    const off = section('Where are they off?');
    await off.locator('svg.plot-view').nth(1).waitFor();
    await off.scrollIntoViewIfNeeded();
    await editor.screenshot('evidence-numbers');
    expect(await off.locator('.answer').innerText()).toMatch(/mean residual [−\d.]+ → −[\d.]+ over 600 rows/);
    const examples = section('Which examples?');
    expect(await examples.locator('.answer').innerText()).toMatch(/^\d+ nearer, \d+ farther off$/);
    await bringUp(examples);
    await examples.locator('.ids').first().locator('.link').first().click();
    const example = examples.locator('.example');
    await example.getByText(/1 of \d+/).waitFor();
    const off1 = await example.locator('tr', { hasText: 'predicted' }).locator('td').allInnerTexts();
    expect(off1.map((text) => /^[−\d.]+, off by [+−][\d.]+$/.test(text))).toEqual([true, true]);
    const far = off1.map((text) => Math.abs(Number(/off by [+−]([\d.]+)/.exec(text)?.[1])));
    expect(far[1]).toBeGreaterThan(far[0] ?? Number.NaN);
    await editor.page.keyboard.press('ArrowRight');
    await example.getByText(/2 of \d+/).waitFor();
    await editor.screenshot('evidence-number-example');
    expect(await faultsOf(panel)).toEqual([]);
  });

  it('several classes: one matrix of all, and one class against the rest', async () => {
    await editor.closeEditors();
    panel = await compare(editor, 'digits-1', 'digits-2');
    const errors = section('Which errors?');
    await errors.locator('.matrix').nth(2).waitFor();
    expect(await errors.locator('.answer').innerText()).toMatch(/\d+ errors → \d+; most changed: \S.* predicted as \S/);
    await bringUp(errors);
    await editor.screenshot('evidence-classes');
    const scores = section('How sure are they?');
    const before = await scores.locator('.answer').innerText();
    await scores.getByRole('combobox', { name: 'Class against the rest' }).selectOption('four');
    await expect.poll(() => scores.locator('.answer').innerText()).toContain('four against the rest');
    expect(await scores.locator('.answer').innerText()).not.toBe(before);
    await bringUp(scores);
    await editor.screenshot('evidence-class-scores');
    expect(await faultsOf(panel)).toEqual([]);
    expect(await panel.evaluate('document.title')).not.toBe('1');
  });
});
