// Comparisons as read-only documents: two runs in VS Code's own diff editor, more as one table in Markdown.
import { EventEmitter, l10n, type TextDocumentContentProvider, Uri, workspace } from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable';
import { messageOf } from '../../base/errors';
import { type EngineEvent, isAbout } from '../../protocol/event';
import { pathSegment } from '../path-segment';
import type { EngineSessions } from '../session/engine-sessions';
import { Throttle } from '../throttle';
import type { RunNode } from '../views/run-node';
import { comparisonTable } from './comparison-table';
import { type RunFacts, runFacts } from './run-facts';

const scheme = 'slipway-comparison';

/** The two sides of a diff of two runs. Each is laid out for the other too, so that lines stand side by side. */
export function sideUris([left, right]: readonly [RunNode, RunNode]): [Uri, Uri] {
  const ids = [left, right].map(({ run }) => run.runId);
  const uri = (node: RunNode, side: number): Uri =>
    Uri.from({
      scheme,
      path: `/${pathSegment(node.run.name)}.txt`,
      query: [node.session.folder.uri, side, ...ids].join(' '),
    });
  return [uri(left, 0), uri(right, 1)];
}

/** One document over several runs of one folder. */
export function tableUri(nodes: readonly RunNode[]): Uri {
  const ids = nodes.map(({ run }) => run.runId);
  const path = `/${l10n.t('{0} runs', nodes.length)}.md`;
  return Uri.from({ scheme, path, query: [nodes[0]?.session.folder.uri, 'table', ...ids].join(' ') });
}

/** The documents behind those URIs; they follow their runs while these go on. */
export class ComparisonFiles implements TextDocumentContentProvider, Disposable {
  readonly #sessions: EngineSessions;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new EventEmitter<Uri>());
  readonly #stale = new Map<string, Uri>();
  readonly #teller = this.#store.add(new Throttle(async () => this.#tell(), 2000));
  readonly onDidChange = this.#changed.event;

  constructor(sessions: EngineSessions) {
    this.#sessions = sessions;
    this.#store.add(workspace.registerTextDocumentContentProvider(scheme, this));
    this.#store.add(sessions.onEvent(({ event }) => this.#heard(event)));
  }

  async provideTextDocumentContent(uri: Uri): Promise<string> {
    const [folder = '', side = '', ...ids] = uri.query.split(' ');
    try {
      const client = await this.#sessions.get(folder).awaitClient();
      const facts = await Promise.all(ids.map((runId) => runFacts(client, runId)));
      return side === 'table' ? comparisonTable(facts) : sideText(facts, Number(side));
    } catch (error) {
      return messageOf(error);
    }
  }

  dispose(): void {
    this.#store.dispose();
  }

  #heard(event: EngineEvent): void {
    for (const { uri } of workspace.textDocuments) {
      if (uri.scheme !== scheme) continue;
      const ids = uri.query.split(' ').slice(2);
      if (ids.some((id) => isAbout(event, id))) this.#stale.set(uri.toString(), uri);
    }
    if (this.#stale.size > 0) this.#teller.ask();
  }

  #tell(): void {
    const stale = [...this.#stale.values()];
    this.#stale.clear();
    for (const uri of stale) this.#changed.fire(uri);
  }
}

/** One run as lines, names padded to the longest of all runs: the diff then marks values, not spaces. */
function sideText(facts: readonly RunFacts[], side: number): string {
  const own = facts[side] ?? new Map<string, Map<string, string>>();
  const width = Math.min(48, Math.max(...facts.flatMap((each) => [...each.values()].flatMap(nameLengths)), 0));
  const sections = [...own].map(([title, lines]) => {
    const isEmpty = facts.every((each) => each.get(title)?.size === 0);
    const text = [...lines].map(([name, value]) => `  ${name.padEnd(width)}  ${oneLine(value)}`);
    return isEmpty ? [] : [title, ...text, ''];
  });
  return `${sections.flat().join('\n')}`;
}

function nameLengths(lines: Map<string, string>): number[] {
  return [...lines.keys()].map((name) => name.length);
}

function oneLine(value: string): string {
  return value.replaceAll(/\r?\n/g, ' ⏎ ');
}
