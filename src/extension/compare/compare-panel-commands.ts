// What the page of a comparison asks its host to do.
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { commands, env, l10n, Uri, window } from 'vscode';
import { SlipwayError } from '../../base/errors';
import { writeWholeFile } from '../../client/files/whole-file';
import { mostComparedRuns } from '../../protocol/comparison/comparison-request';
import type { RunDetail } from '../../protocol/run';
import { openKnownRun } from '../links/run-opening';
import type { CommandHandlers } from '../panels/panel-host';
import { exportChart } from '../panels/run/chart-export';
import { runFileUri } from '../panels/run-files';
import { waysOn } from '../panels/ways-on';
import { chooseSome } from '../picking/choice-list';
import { runNodes } from '../picking/hand-runs';
import { RunPicker } from '../picking/run-picker';
import { offerToOpen } from '../saved-file';
import type { RunNode } from '../views/run-node';
import type { ComparePanelsOptions } from './compare-panels';
import { sideUris, tableUri } from './comparison-files';
import { openFileDiff, openRunFile } from './evidence-commands';
import { runMoreSeeds } from './more-seeds';

/** A comparison's folder, and the runs it may ask for: those that are added join them. */
type Target = ComparePanelsOptions & { folder: string; known: Set<string>; panel: object };

/** The handlers of one comparison, each of which the log names, but for that of the marks. */
export function comparePanelCommands(target: Target): Partial<CommandHandlers> {
  const { folder, sessions, panels, notices } = target;
  return {
    ...waysOn(target),
    ...notices.loggedEach(answers(target)),
    'compare.openRun': ({ runId }) =>
      notices.attempt('compare.openRun', () => openKnownRun(panels, sessions.get(folder), runId)),
    'compare.openText': ({ runIds }) =>
      notices.attempt('compare.openText', async () => openText(await runNodes(sessions.get(folder), runIds))),
    'compare.openCode': (asked) => notices.attempt('compare.openCode', () => openCode(target, asked)),
    'compare.openFile': (file) => notices.attempt('compare.openFile', () => openRunFile(target, file)),
    'compare.openDiff': (files) => notices.attempt('compare.openDiff', () => openFileDiff(target, files)),
    'compare.marks': async ({ marks }) => target.selected.hold(target.panel, marks),
    'compare.exportChart': ({ metric, along, runIds, ...picture }) =>
      notices.attempt('compare.exportChart', () =>
        exportChart(
          { client: sessions.get(folder).requireClient(), runIds, root: sessions.find(folder)?.folder.uri.fsPath },
          { name: `compare-${metric}`, keys: [...new Set([metric, along ?? metric])], ...picture },
        ),
      ),
    'compare.save': ({ name, html }) => notices.attempt('compare.save', () => save(target, { name, html })),
  };
}

/** What the page itself has a place for: an answer, or why there is none. */
function answers(target: Target) {
  const { folder, sessions, tasks, known } = target;
  return {
    'list.pick': chooseSome,
    'text.copy': async ({ text }) => env.clipboard.writeText(text),
    'compare.add': async () => add(target),
    'compare.moreSeeds': async (asked) => {
      const runIds = await runMoreSeeds({ session: sessions.get(folder), tasks }, asked);
      for (const runId of runIds) known.add(runId);
      return runIds;
    },
  } satisfies Partial<CommandHandlers>;
}

/** Two runs as a diff, more as one table. A preview would be replaced by the next file that is looked at. */
async function openText(nodes: readonly RunNode[]): Promise<void> {
  const [left, right, third] = nodes;
  if (left === undefined || right === undefined) return;
  if (third !== undefined) return void (await commands.executeCommand('markdown.showPreview', tableUri(nodes)));
  const [one, other] = sideUris([left, right]);
  const title = l10n.t('{0} ↔ {1}', left.run.name, right.run.name);
  await commands.executeCommand('vscode.diff', one, other, title, { preview: false });
}

/** So many files are shown together. */
const mostFiles = 200;

async function openCode(
  { folder, sessions }: Target,
  { before, after }: { before: string; after: string },
): Promise<void> {
  const { runs } = sessions.get(folder).requireClient().api;
  const [first, second] = await Promise.all([runs.get.query({ runId: before }), runs.get.query({ runId: after })]);
  const paths = await runs.changedCode.query({ before, after });
  const [only] = paths;
  if (only === undefined) throw new SlipwayError('not-found', l10n.t('Both runs had the same code.'));
  const uriOf = (run: RunDetail, path: string): Uri =>
    runFileUri({ folder, runId: run.runId, runName: run.name, kind: 'code', path });
  const title = l10n.t('{0} ↔ {1}', first.name, second.name);
  if (paths.length === 1) {
    const named = l10n.t('{0} ({1})', basename(only), title);
    return void (await commands.executeCommand('vscode.diff', uriOf(first, only), uriOf(second, only), named));
  }
  const files = paths.slice(0, mostFiles).map((path) => [uriOf(second, path), uriOf(first, path), uriOf(second, path)]);
  const head =
    paths.length > mostFiles ? l10n.t('{0}: the first {1} of {2} files', title, mostFiles, paths.length) : title;
  await commands.executeCommand('vscode.changes', head, files);
}

async function add({ folder, sessions, known }: Target): Promise<string[]> {
  const session = sessions.get(folder);
  const question = l10n.t('Which runs are compared as well?');
  const picked = await new RunPicker({ session, question, query: {}, likely: new Set(), many: true }).picked;
  const added = picked.map(({ run }) => run.runId).filter((runId) => !known.has(runId));
  if (known.size + added.length > mostComparedRuns) {
    throw new SlipwayError('invalid', l10n.t('At most {0} runs are compared at once.', mostComparedRuns));
  }
  for (const runId of added) known.add(runId);
  return added;
}

async function save({ folder, sessions }: Target, { name, html }: { name: string; html: string }): Promise<void> {
  const file = `${name.replaceAll(/[^\w.-]+/g, '-')}.html`;
  const root = sessions.find(folder)?.folder.uri.fsPath;
  const place = await window.showSaveDialog({
    ...(root === undefined ? {} : { defaultUri: Uri.file(join(root, file)) }),
    filters: { HTML: ['html'] },
  });
  if (place === undefined) return;
  await writeWholeFile(place.fsPath, Readable.from([html]));
  await offerToOpen(place, { label: l10n.t('Open in Browser'), open: (saved) => env.openExternal(saved) });
}
