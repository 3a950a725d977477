// The questions of Record a Run…, one after the other, with a way back.
import { relative } from 'node:path';
import {
  l10n,
  QuickInputButtons,
  type QuickPickItem,
  QuickPickItemKind,
  RelativePattern,
  window,
  workspace,
} from 'vscode';
import { commandText, commandWords, needsShell } from '../../protocol/recording/command-line';
import type { EngineSession } from '../session/engine-session';
import { lineShell } from './line-shell';
import { pythonInterpreter } from './python-interpreter';
import type { RecentCommand } from './recent-commands';
import { recordedBefore } from './recorded-before';
import { type RunDefinition, runTaskType } from './run-definition';

const steps = 3;
const listedFiles = 100;
const back = Symbol('back');
type Answer<T> = T | typeof back | undefined;
type CommandItem = QuickPickItem & { recent?: RecentCommand; script?: string };

/** Asks for command, experiment and name; undefined when the user leaves. `remembered`: what this window recorded. */
export async function askForRun(
  session: EngineSession,
  remembered: readonly RecentCommand[],
): Promise<RunDefinition | undefined> {
  const recent = await recordedBefore(session, remembered);
  for (;;) {
    const chosen = await askCommand(session, recent);
    if (chosen === undefined || chosen === back) return undefined;
    for (;;) {
      const experiment = await askExperiment(session, chosen.experiment);
      if (experiment === back) break;
      if (experiment === undefined) return undefined;
      const name = await askName();
      if (name === back) continue;
      if (name === undefined) return undefined;
      return {
        type: runTaskType,
        command: chosen.command,
        ...(chosen.cwd === undefined ? {} : { cwd: chosen.cwd }),
        ...(experiment === '' ? {} : { experiment }),
        ...(name === '' ? {} : { name }),
      };
    }
  }
}

async function askCommand(
  session: EngineSession,
  recent: readonly RecentCommand[],
): Promise<Answer<Pick<RunDefinition, 'command' | 'experiment' | 'cwd'>>> {
  const items: CommandItem[] = [];
  if (recent.length > 0) items.push({ label: l10n.t('Recorded before'), kind: QuickPickItemKind.Separator });
  for (const each of recent) {
    items.push({ label: commandText(each.command), description: whereOf(each), recent: each });
  }
  const scripts = await pythonScripts(session);
  if (scripts.length > 0) items.push({ label: l10n.t('Python files'), kind: QuickPickItemKind.Separator });
  items.push(...scripts.map((script) => ({ label: script, description: l10n.t('run with Python'), script })));
  const answer = await ask({
    step: 1,
    placeholder: l10n.t('Type a command, or choose one. It runs in {0}.', session.folder.name),
    items,
    typed: (text) => ({ label: text, description: startedBy(text) }),
  });
  if (answer === undefined || answer === back) return answer;
  if (answer.recent !== undefined) return answer.recent;
  const words =
    answer.script === undefined
      ? commandWords(answer.label, lineShell())
      : [await pythonInterpreter(session.folder), answer.script];
  return { command: words };
}

function whereOf({ experiment, cwd }: RecentCommand): string {
  return [experiment ?? '', cwd ?? ''].filter((part) => part !== '').join(' · ');
}

/** What is done with a typed line, and which shell reads it. */
function startedBy(line: string): string {
  if (!needsShell(line)) return l10n.t('record this command');
  const shell = lineShell();
  if (shell !== 'bash') return l10n.t('record with {0}', shell);
  return l10n.t('record with bash: a failed part fails the run');
}

async function askExperiment(session: EngineSession, last: string | undefined): Promise<Answer<string>> {
  const page = await session.client?.api.experiments.list.query({ limit: 100 }).catch(() => undefined);
  const names = (page?.items ?? []).map((each) => each.name).filter((name) => name !== last);
  const named = (label: string) => ({ label, isOwn: false });
  const own = { label: l10n.t('The script’s own'), description: l10n.t('Default when it sets none'), isOwn: true };
  const answer = await ask<QuickPickItem & { isOwn: boolean }>({
    step: 2,
    placeholder: l10n.t('Choose the experiment, or type the name of a new one.'),
    items: [...(last === undefined ? [] : [named(last)]), own, ...names.map(named)],
    typed: (text) => ({ ...named(text), description: l10n.t('new experiment') }),
  });
  if (answer === undefined || answer === back) return answer;
  return answer.isOwn ? '' : answer.label;
}

function askName(): Promise<Answer<string>> {
  return new Promise((resolve) => {
    const input = window.createInputBox();
    Object.assign(input, { title: title(), step: 3, totalSteps: steps, buttons: [QuickInputButtons.Back] });
    input.prompt = l10n.t('The name of the run. Leave it empty for a made-up one.');
    input.ignoreFocusOut = true;
    input.onDidTriggerButton(() => settle(back));
    input.onDidAccept(() => settle(input.value.trim()));
    input.onDidHide(() => settle(undefined));
    const settle = (answer: Answer<string>): void => {
      resolve(answer);
      input.dispose();
    };
    input.show();
  });
}

interface Question<T extends QuickPickItem> {
  step: number;
  placeholder: string;
  items: T[];
  /** The item that stands for what was typed, where no other has that label. */
  typed: (text: string) => T;
}

function ask<T extends QuickPickItem>({ step, placeholder, items, typed }: Question<T>): Promise<Answer<T>> {
  return new Promise((resolve) => {
    const pick = window.createQuickPick<T>();
    Object.assign(pick, { title: title(), step, totalSteps: steps, placeholder, items, ignoreFocusOut: true });
    if (step > 1) pick.buttons = [QuickInputButtons.Back];
    const settle = (answer: Answer<T>): void => {
      resolve(answer);
      pick.dispose();
    };
    pick.onDidChangeValue((value) => {
      const text = value.trim();
      const isKnown = text === '' || items.some((item) => item.label === text);
      // Fresh rows, so that a row of an earlier list is told from one of this.
      const known = items.map((item) => ({ ...item }));
      pick.items = isKnown ? known : [{ ...typed(text), alwaysShow: true }, ...known];
    });
    pick.onDidTriggerButton(() => settle(back));
    pick.onDidAccept(() => {
      const text = pick.value.trim();
      const [chosen] = pick.selectedItems;
      // Who types fast presses Enter before the list follows.
      const isStale = chosen === undefined || !pick.items.includes(chosen);
      settle(isStale && text !== '' ? (items.find(({ label }) => label === text) ?? typed(text)) : chosen);
    });
    pick.onDidHide(() => settle(undefined));
    pick.show();
  });
}

function title(): string {
  return l10n.t('Record a Run');
}

/** Nearest to the top first. */
async function pythonScripts(session: EngineSession): Promise<string[]> {
  const pattern = new RelativePattern(session.folder, '**/*.py');
  const excluded = '**/{.venv,venv,node_modules,site-packages,__pycache__,.git,.slipway}/**';
  const files = await workspace.findFiles(pattern, excluded, listedFiles);
  const paths = files.map((file) => relative(session.folder.uri.fsPath, file.fsPath));
  const depth = (path: string): number => path.split(/[\\/]/).length;
  return paths.sort((a, b) => depth(a) - depth(b) || a.localeCompare(b));
}
