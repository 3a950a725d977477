// Traces in the panel of their run: the requests, one of them as a tree beside its waterfall, one span in full.
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { exportRequest, type LoggedSpan, logSpans } from '../engine/logged-spans';
import type { Editor } from './harness';
import { openRun } from './open-run';
import { faultsOf } from './panel-faults';
import { engineOf } from './project-engine';
import { SeededProject } from './seeded-project';
import { sharedWindow } from './shared-window';

const runId = 'a'.repeat(32);
const stack =
  'Traceback (most recent call last):\n  File "rag.py", line 12, in fetch\n    raise TimeoutError("no answer")\n';

const shared = sharedWindow(() =>
  SeededProject.create(({ runs, clock }) => {
    const experimentId = runs.createExperiment({ name: 'questions' });
    const startTime = clock.now - 60_000;
    runs.createRun({ runId, experimentId, userId: 'ada', name: 'rag', startTime });
    const time = startTime;
    runs.logBatch(runId, { metrics: [0, 1].map((step) => ({ key: 'correct', step, value: 0.8 + step / 10, time })) });
    runs.updateRun(runId, { status: 'FINISHED', endTime: startTime + 50_000 });
    const quiet = 'b'.repeat(32);
    runs.createRun({ runId: quiet, experimentId, userId: 'ada', name: 'quiet', startTime });
    runs.updateRun(quiet, { status: 'FINISHED', endTime: startTime + 1000 });
  }),
);

function answered(trace: number): LoggedSpan[] {
  const kind = (type: string) => ({ 'mlflow.spanType': type });
  const question = { question: 'Which airport has the longest runway in New York?', temperature: 0.5 };
  const documents = [
    { page: 'JFK', score: 0.91 },
    { page: 'LGA', score: 0.44 },
  ];
  return [
    {
      trace,
      id: 1,
      name: 'answer',
      from: 0,
      to: 1420,
      attributes: { ...kind('CHAIN'), 'mlflow.spanInputs': question, 'mlflow.spanOutputs': { answer: 'JFK, 13R/31L' } },
    },
    { trace, id: 2, parent: 1, name: 'retrieve', from: 12, to: 380, attributes: { ...kind('RETRIEVER'), top_k: 2 } },
    { trace, id: 3, parent: 2, name: 'embed', from: 14, to: 120, attributes: kind('EMBEDDING') },
    { trace, id: 4, parent: 2, name: 'search the index', from: 125, to: 377.4, attributes: kind('TOOL') },
    {
      trace,
      id: 5,
      parent: 1,
      name: 'generate',
      from: 390,
      to: 1410,
      attributes: {
        ...kind('CHAT_MODEL'),
        'mlflow.spanInputs': { messages: [{ role: 'user', content: question.question }], documents },
        'mlflow.spanOutputs': 'JFK has the longest one: 13R/31L, 4,423 m.',
        'mlflow.llm.model': 'local/small-7b',
        tokens: { input: 412, output: 21 },
      },
    },
  ];
}

function failed(trace: number): LoggedSpan[] {
  const thrown = { 'exception.type': 'TimeoutError', 'exception.message': 'no answer', 'exception.stacktrace': stack };
  const events = [{ name: 'exception', at: 2104, attributes: thrown }];
  return [
    { trace, id: 1, name: 'answer', from: 0, to: 2110, error: 'TimeoutError: no answer' },
    { trace, id: 2, parent: 1, name: 'fetch', from: 100, to: 2105, error: 'TimeoutError: no answer', events },
  ];
}

function many(trace: number): LoggedSpan[] {
  return Array.from({ length: 10_000 }, (_, index) => ({
    trace,
    id: index + 1,
    ...(index === 0 ? {} : { parent: index % 100 === 1 ? 1 : index - ((index - 2) % 100) }),
    name: index === 0 ? 'crawl' : `step ${index}`,
    from: index,
    to: index + 40,
  }));
}

async function log(spans: readonly LoggedSpan[], start: number): Promise<void> {
  const { address } = engineOf(shared.project);
  expect(await logSpans(address, { experimentId: '1', runId }, exportRequest(spans, start))).toBe(200);
}

/** The project that holds the first two traces: after a test that failed, the next one gets another. */
let logged = '';

async function logTwo(): Promise<void> {
  await log(answered(1), Date.now() - 40_000);
  await log(failed(2), Date.now() - 30_000);
  logged = shared.project.root;
}

/** The panel of the run that has the two traces. */
async function openTraces(): Promise<Awaited<ReturnType<typeof openRun>>> {
  const panel = await openRun(shared.editor, 'rag');
  if (logged !== shared.project.root) await logTwo();
  await panel.getByText(/ requests, 1 with an error/).waitFor();
  return panel;
}

async function focusedText(panel: Awaited<ReturnType<typeof openRun>>): Promise<string> {
  return String(await panel.evaluate('document.activeElement.getAttribute("aria-label")'));
}

async function look(editor: Editor, name: string): Promise<void> {
  for (const [word, theme] of [
    ['dark', 'Default Dark Modern'],
    ['hc', 'Default High Contrast'],
    ['light', 'Default Light Modern'],
  ] as const) {
    await editor.setTheme(theme);
    await editor.screenshot(`${name}-${word}`);
  }
}

describe('traces of a run', () => {
  it('that cannot be read are not told as if there were none', async () => {
    const { editor, project } = shared;
    await editor.openView('Slipway');
    await editor.treeRow('rag').waitFor({ timeout: 30_000 });
    const database = new Database(join(project.root, '.slipway/slipway.db'));
    database.exec('ALTER TABLE traces RENAME TO traces_away');
    try {
      const panel = await openRun(editor, 'rag');
      await panel.getByRole('region', { name: 'Traces' }).getByRole('alert').waitFor();
      await editor.screenshot('traces-unread');
    } finally {
      database.exec('ALTER TABLE traces_away RENAME TO traces');
      database.close();
    }
  });

  it('a run without traces has no such part; those that come are shown at once', async () => {
    const { editor } = shared;
    const panel = await openRun(editor, 'rag');
    expect(await panel.getByRole('heading', { name: 'Traces' }).count()).toBe(0);
    await logTwo();
    await panel.getByText('2 requests, 1 with an error').waitFor();
    const rows = panel.locator('[role=option]');
    expect(await rows.first().getAttribute('aria-label')).toMatch(/^answer, Error, 2\.1 s, 2 spans, /);
    expect(await rows.nth(1).innerText()).toContain('Which airport has the longest runway');
  });

  it('a trace opens as a tree by the keys, and a span with all that was logged of it', async () => {
    const { editor } = shared;
    const panel = await openTraces();
    await panel.locator('[role=option]').first().focus();
    await editor.page.keyboard.press('ArrowDown');
    await editor.page.keyboard.press('Enter');
    const tree = panel.getByRole('tree', { name: 'Spans' });
    await tree.waitFor();
    expect(await tree.getByRole('treeitem').count()).toBe(5);
    await tree.getByRole('treeitem').first().focus();
    await editor.page.keyboard.press('ArrowRight');
    await expect.poll(() => focusedText(panel)).toMatch(/^retrieve, RETRIEVER, 368 ms/);
    await editor.page.keyboard.press('ArrowLeft');
    await expect.poll(() => tree.getByRole('treeitem').count()).toBe(3);
    await editor.page.keyboard.press('ArrowDown');
    await editor.page.keyboard.press('Enter');
    const details = panel.getByRole('region', { name: 'Span generate' });
    await details.waitFor();
    expect(await details.getByRole('region', { name: 'Inputs' }).innerText()).toContain('"page": "JFK"');
    expect(await details.innerText()).toContain('local/small-7b');
    await details.getByRole('button', { name: 'Copy Outputs' }).click();
    await expect
      .poll(() => editor.page.evaluate('navigator.clipboard.readText()'))
      .toBe('JFK has the longest one: 13R/31L, 4,423 m.');
    await details.scrollIntoViewIfNeeded();
    await look(editor, 'traces');
    expect(await faultsOf(panel)).toEqual([]);
    // Narrow, the secondary columns go.
    await editor.page.setViewportSize({ width: 780, height: 800 });
    await panel.locator('.span-row .wide').first().waitFor({ state: 'hidden' });
    await editor.screenshot('traces-narrow');
    await editor.page.setViewportSize({ width: 1280, height: 800 });
  });

  it('an exception is told with its stack, and what was shown is shown again in a panel that is opened anew', async () => {
    const { editor } = shared;
    const panel = await openTraces();
    await panel.locator('[role=option]').first().click();
    await panel.getByRole('treeitem', { name: /^fetch/ }).click();
    const details = panel.getByRole('region', { name: 'Span fetch' });
    await details.getByText('Exception: TimeoutError: no answer').waitFor();
    expect(await details.innerText()).toContain('File "rag.py", line 12, in fetch');
    await details.scrollIntoViewIfNeeded();
    await look(editor, 'traces-failed');
    await editor.page.keyboard.press('Control+End');
    await editor.runCommand('Developer: Reload Webviews');
    // The old page may still be there for a moment.
    const isShown = async (): Promise<boolean> => {
      const again = await editor.webviewFrame('.span-details');
      return again.getByText('Exception: TimeoutError: no answer').isVisible();
    };
    await expect.poll(isShown).toBe(true);
  });

  it('of 10,000 spans the rows in sight exist, and End leads to the last of them', async () => {
    const { editor } = shared;
    const panel = await openTraces();
    await log(many(3), Date.now() - 20_000);
    await panel.getByText('3 requests').first().waitFor();
    await panel.getByRole('option', { name: /^crawl/ }).click();
    const tree = panel.getByRole('tree', { name: 'Spans' });
    await tree.getByRole('treeitem', { name: /^crawl/ }).focus();
    expect(await tree.getByRole('treeitem').count()).toBeLessThan(40);
    await editor.page.keyboard.press('End');
    await expect.poll(() => focusedText(panel)).toMatch(/^step 9999,/);
    await look(editor, 'traces-10000');
  });

  it('a run that is over without a metric promises none and offers nothing to smooth', async () => {
    const { editor } = shared;
    await editor.openView('Slipway');
    await editor.treeRow('quiet').click();
    const panel = await editor.webviewFrame('section[aria-label="Charts"] .answer');
    expect(await panel.getByRole('region', { name: 'Charts' }).innerText()).toMatch(/^Charts\s+none$/);
    expect(await panel.getByRole('region', { name: 'Metrics' }).innerText()).toMatch(/^Metrics\s+none logged$/);
    expect(await panel.getByLabel('Smoothing').count()).toBe(0);
  });
});
