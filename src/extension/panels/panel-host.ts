// Who answers a panel about the engine's runs: relays the allowed queries, does the allowed commands, passes events on.
import { l10n, type Webview } from 'vscode';
import type { Disposable } from '../../base/disposable';
import { SlipwayError } from '../../base/errors';
import type { EngineClient } from '../../client/engine-client';
import type {
  PanelAnswers,
  PanelCommand,
  PanelCommands,
  PanelEvent,
  PanelQueries,
  PanelQuery,
} from '../../protocol/panel';
import { datasetRelays } from './dataset-relays';
import { type Fate, PageHost } from './page/page-host';
import { registryRelays } from './registry-relays';

type Relays = {
  [Q in PanelQuery]: (
    client: EngineClient,
    input: PanelQueries[Q]['input'],
    signal: AbortSignal,
  ) => Promise<PanelQueries[Q]['output']>;
};

const relays: Relays = {
  ...datasetRelays,
  ...registryRelays,
  'runs.get': (client, input, signal) => client.api.runs.get.query(input, { signal }),
  'runs.list': (client, input, signal) => client.api.runs.list.query(input, { signal }),
  'runs.change': (client, input, signal) => client.api.runs.change.mutate(input, { signal }),
  'runs.filesNow': (client, input, signal) => client.api.runs.filesNow.query(input, { signal }),
  'metrics.list': (client, input, signal) => client.api.metrics.list.query(input, { signal }),
  'metrics.names': (client, input, signal) => client.api.metrics.names.query(input, { signal }),
  'metrics.buckets': (client, input, signal) => client.api.metrics.buckets.query(input, { signal }),
  'metrics.curves': (client, input, signal) => client.api.metrics.curves.mutate(input, { signal }),
  'artifacts.list': (client, input, signal) => client.api.artifacts.list.query(input, { signal }),
  'artifacts.count': (client, input, signal) => client.api.artifacts.count.query(input, { signal }),
  'traces.list': (client, input, signal) => client.api.traces.list.query(input, { signal }),
  'traces.get': (client, input, signal) => client.api.traces.get.query(input, { signal }),
  'traces.span': (client, input, signal) => client.api.traces.span.query(input, { signal }),
  'table.rows': (client, input, signal) => client.api.table.rows.query(input, { signal }),
  'table.cells': (client, input, signal) => client.api.table.cells.mutate(input, { signal }),
  'table.summaries': (client, input, signal) => client.api.table.summaries.mutate(input, { signal }),
  'table.columns': (client, input, signal) => client.api.table.columns.query(input, { signal }),
  'output.read': (client, input, signal) => client.api.output.read.query(input, { signal }),
  'output.find': (client, input, signal) => client.api.output.find.query(input, { signal }),
  'comparison.repeats': (client, input, signal) => client.api.comparison.repeats.query(input, { signal }),
  'comparison.runs': (client, input, signal) => client.api.comparison.runs.query(input, { signal }),
  'comparison.progress': (client, input, signal) => client.api.comparison.progress.query(input, { signal }),
  'comparison.values': (client, input, signal) => client.api.comparison.values.mutate(input, { signal }),
  'comparison.importance': (client, input, signal) => client.api.comparison.importance.mutate(input, { signal }),
  'comparison.evidence': (client, input, signal) => client.api.comparison.evidence.query(input, { signal }),
  'comparison.examples': (client, input, signal) => client.api.comparison.examples.query(input, { signal }),
  'comparison.files': (client, input, signal) => client.api.comparison.files.query(input, { signal }),
  'comparison.table': (client, input, signal) => client.api.comparison.table.query(input, { signal }),
  'comparison.preview': (client, input, signal) => client.api.comparison.preview.query(input, { signal }),
};

/** What one panel's host can do. */
export type CommandHandlers = {
  [C in PanelCommand]: C extends keyof PanelAnswers
    ? (input: PanelCommands[C]) => Promise<PanelAnswers[C]>
    : (input: PanelCommands[C]) => Promise<void> | void;
};

/** What stands behind a panel's page. */
export interface PanelHostOptions {
  webview: Webview;
  /** Whether this panel may ask that. */
  mayAsk: (name: PanelQuery, input: unknown) => boolean;
  /** Throws SlipwayError `unavailable` while no engine answers. */
  client: () => EngineClient;
  commands: Partial<CommandHandlers>;
  /** The page hears events from now on. */
  listening: () => void;
  /** Sees every question and its answer. */
  answered: (name: PanelQuery, input: unknown, value: unknown) => void;
  /** Sees what a command answered whose page is gone. */
  unheard?: (name: PanelCommand, value: unknown) => void;
}

/** Milliseconds for which an answer counts that was asked for before the page was there. */
const earlyFor = 5000;

/** What changes something. */
const changes: ReadonlySet<string> = new Set<PanelQuery>(['runs.change', 'datasets.expect']);
/** What is kept once it is made, and takes long. */
const works: ReadonlySet<string> = new Set<PanelQuery>([
  ...(['datasets.measureDrift', 'datasets.measureProfile', 'datasets.check'] as const),
]);

interface Early {
  answer: Promise<unknown>;
  /** Of the page that it was asked for. */
  life: AbortSignal;
}

/** Answers one panel's pages until disposed of. */
export class PanelHost implements Disposable {
  readonly #options: PanelHostOptions;
  readonly #page: PageHost;
  readonly #early = new Map<string, Early>();

  constructor(options: PanelHostOptions) {
    this.#options = options;
    this.#page = new PageHost(options.webview, {
      query: (name, input, signal) => this.#query(name, input, signal),
      command: (name, input) => this.#command(name, input),
      fate: fateOf,
      listening: options.listening,
      unheard: (name, value) => options.unheard?.(name as PanelCommand, value),
    });
  }

  /** Tells the panel to look again; a hidden panel misses it and loads afresh when shown. */
  tell(event: PanelEvent): void {
    // What was asked before the page was there is older than this.
    this.#early.clear();
    this.#page.tell(event);
  }

  /** The page is gone; another one may come. */
  left(): void {
    this.#page.left();
  }

  /** Asks what the page will ask first, while it is still being loaded; each answer is used once. */
  askEarly<Q extends PanelQuery>(name: Q, input: PanelQueries[Q]['input']): void {
    const { life } = this.#page;
    const answer = this.#relayEarly(name, input, life);
    // Who asks hears of a failure.
    answer.catch(() => undefined);
    const question = JSON.stringify([name, input]);
    this.#early.set(question, { answer, life });
    // A slow page is to see how things are by the time it asks.
    setTimeout(() => this.#early.delete(question), earlyFor);
  }

  dispose(): void {
    this.#page.dispose();
  }

  async #query(name: string, input: unknown, signal: AbortSignal): Promise<unknown> {
    if (!isRelayed(name) || !this.#options.mayAsk(name, input)) {
      throw new SlipwayError('forbidden', l10n.t('This panel may not ask for {0}.', name));
    }
    const value = await (this.#takeEarly(name, input) ?? relay(name, this.#options.client(), { input, signal }));
    this.#options.answered(name, input, value);
    return value;
  }

  /** Without an engine it fails as every question does. */
  async #relayEarly(name: PanelQuery, input: unknown, signal: AbortSignal): Promise<unknown> {
    return relay(name, this.#options.client(), { input, signal });
  }

  #takeEarly(name: PanelQuery, input: unknown): Promise<unknown> | undefined {
    const question = JSON.stringify([name, input]);
    const early = this.#early.get(question);
    this.#early.delete(question);
    return early?.life.aborted === false ? early.answer : undefined;
  }

  async #command(name: string, input: unknown): Promise<unknown> {
    if (!Object.hasOwn(this.#options.commands, name)) {
      throw new SlipwayError('forbidden', l10n.t('This panel may not do {0}.', name));
    }
    const handler = this.#options.commands[name as PanelCommand] as (input: unknown) => unknown;
    return handler(input);
  }
}

function fateOf(query: string): Fate {
  if (changes.has(query)) return 'isTold';
  return works.has(query) ? 'goesOn' : 'ends';
}

function isRelayed(name: string): name is PanelQuery {
  return Object.hasOwn(relays, name);
}

function relay(
  name: PanelQuery,
  client: EngineClient,
  call: { input: unknown; signal: AbortSignal },
): Promise<unknown> {
  // The engine validates the input with the router's own schema.
  const send = relays[name] as (client: EngineClient, input: unknown, signal: AbortSignal) => Promise<unknown>;
  return send(client, call.input, call.signal);
}
