/// <reference lib="dom" />
// How soon a run with very much in it is on screen.
import { rmSync } from 'node:fs';
import type { Frame } from 'playwright-core';
import { describe, it } from 'vitest';
import { Editor } from '../editor/harness';
import { openRun } from '../editor/open-run';
import { Project } from '../editor/project';
import { slipway } from '../engine/engine-process';
import { type Seeding, seedWorkspace } from '../engine/seeded-workspace';
import { median, tell } from './measurement';
import { logSeries } from './series';

/** How often each panel is opened anew. */
const rounds = 5;

describe('a run panel', () => {
  it('500 metrics of 10,000 points', async () => {
    const times = await openings((seeding, runId) => logSeries(seeding, runId, { metrics: 500, points: 10_000 }));
    tell({
      firstChart: median(times.charts),
      firstChartWorst: Math.max(...times.charts),
      firstChartOfOne: median(times.baseline),
    });
  });

  it('5,000 metrics of 10 points', async () => {
    const times = await openings((seeding, runId) => logSeries(seeding, runId, { metrics: 5000, points: 10 }));
    tell({
      manyMetricsChart: median(times.charts),
      metricSearch: median(times.searches),
      metricSearchWorst: Math.max(...times.searches),
    });
  });
});

describe('a run panel behind another tab', () => {
  it('is painted again when its tab is chosen', async () => {
    await using project = Project.create();
    project.record('first', 50);
    await using editor = await Editor.open({ folder: project.root });
    const panel = await openRun(editor, 'first');
    // Looked at before it is left.
    await editor.page.waitForTimeout(1500);
    await panel.getByText('Open as text').click();
    const times: Repaint[] = [];
    for (let round = 0; round < rounds; round++) {
      await editor.page.locator('.tab.active', { hasText: 'environment.txt' }).waitFor();
      await editor.page.waitForTimeout(1500);
      times.push(await repaint(editor, 'first'));
      await editor.page.keyboard.press('Control+PageDown');
    }
    const of = (part: keyof Repaint) => median(times.map((each) => each[part]));
    tell({
      repaint: of('painted'),
      repaintWorst: Math.max(...times.map(({ painted }) => painted)),
      repaintFrame: of('frame'),
      repaintScript: of('script'),
    });
  });
});

/** Milliseconds since the tab was chosen: VS Code's frame was there, the panel's script had arrived, it had painted. */
interface Repaint {
  frame: number;
  script: number;
  painted: number;
}

async function repaint(editor: Editor, name: string): Promise<Repaint> {
  const chosen = await editor.page.evaluate((label) => {
    const tab = [...document.querySelectorAll<HTMLElement>('.tab')].find((each) => each.textContent === label);
    tab?.dispatchEvent(new MouseEvent('mousedown', { bubbles: true, button: 0, detail: 1 }));
    return Date.now();
  }, name);
  const panel = await editor.webviewFrame('.opening h1');
  await panel.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0);
  await panel.waitForFunction(() => performance.getEntriesByName('script').length > 0);
  return panel.evaluate((began) => {
    const since = (at: number) => performance.timeOrigin + at - began;
    return {
      frame: since(0),
      script: since(performance.getEntriesByName('script')[0]?.startTime ?? 0),
      painted: since(performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN),
    };
  }, chosen);
}

/** Milliseconds from the click on the run's row to the first chart, and from a typed word to the rows it leaves. */
async function openings(
  log: (seeding: Seeding, runId: string) => void,
): Promise<{ charts: number[]; baseline: number[]; searches: number[] }> {
  const workspace = seedWorkspace((seeding) => {
    const experimentId = seeding.runs.createExperiment({ name: 'bench' });
    const startTime = seeding.clock.now - 36_000_000;
    for (const name of ['large', 'small']) {
      const { runId } = seeding.runs.createRun({ experimentId, userId: 'bench', name, startTime });
      if (name === 'large') log(seeding, runId);
      else logSeries(seeding, runId, { metrics: 1, points: 10 });
      seeding.runs.updateRun(runId, { status: 'FINISHED', endTime: startTime + 1000 });
    }
  });
  const [charts, baseline, searches]: [number[], number[], number[]] = [[], [], []];
  try {
    await using editor = await Editor.open({ folder: workspace });
    // The first panel of a window also loads what all panels share; it is not what is measured.
    await openRun(editor, 'small');
    for (let round = 0; round < rounds; round++) {
      baseline.push((await openFresh(editor, 'small')).took);
      const { panel, took } = await openFresh(editor, 'large');
      charts.push(took);
      await panel.locator('.sparkline').first().waitFor();
      await panel.waitForTimeout(1500);
      searches.push(await timeSearch(panel));
    }
    return { charts, baseline, searches };
  } finally {
    await slipway(['engine', 'stop', '--workspace', workspace]);
    rmSync(workspace, { recursive: true, force: true });
  }
}

/** Clicks on the run's row while no panel is open. `took`: until a chart is there, or until we could look. */
async function openFresh(editor: Editor, name: string): Promise<{ panel: Frame; took: number }> {
  await editor.closeEditors();
  await editor.page.waitForTimeout(1500);
  const row = editor.treeRow(name);
  const clicked = Date.now();
  await row.click();
  const panel = await editor.webviewFrame('#root', 40_000);
  const drawn = await panel.evaluate(async () => {
    while (document.querySelector('.chart canvas') === null) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    return Date.now();
  });
  return { panel, took: drawn - clicked };
}

/** Types into the search field inside the page and waits for a painted table that holds nothing else. */
function timeSearch(panel: Frame): Promise<number> {
  return panel.evaluate(async () => {
    const field = document.querySelector<HTMLInputElement>('input[aria-label="Search metrics"]');
    if (field === null) return Number.NaN;
    const began = performance.now();
    field.value = '_49';
    field.dispatchEvent(new Event('input', { bubbles: true }));
    const rows = (): Element[] => [...document.querySelectorAll('.metric-row:not(.group)')];
    while (rows().length === 0 || !rows().every((row) => row.textContent?.includes('_49'))) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      if (performance.now() - began > 20_000) return Number.NaN;
    }
    return performance.now() - began;
  });
}
