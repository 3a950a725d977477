// What came of the contracts that were run in this window, and how one is run.
import { EventEmitter, l10n, ProgressLocation, type TextDocument, type Uri, window } from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable';
import { SlipwayError } from '../../base/errors';
import type { BadRows, CheckReport } from '../../protocol/datasets/contract/check';
import { readContract } from '../../protocol/datasets/contract/reading/contract-reading';
import type { EngineSession } from '../session/engine-session';
import type { EngineSessions } from '../session/engine-sessions';

/** What a table of a contract was run on. */
export type CheckedData = { dataset: string; version: string } | { file: true };

/** A report, and what it is of. */
export interface KnownReport {
  report: CheckReport;
  data: CheckedData;
}

/** Reports by contract and table. */
export class ContractReports implements Disposable {
  readonly #sessions: EngineSessions;
  readonly #store = new DisposableStore();
  readonly #known = new Map<string, Map<string, KnownReport>>();
  readonly #changed = this.#store.add(new EventEmitter<Uri>());

  readonly onChanged = this.#changed.event;

  constructor(sessions: EngineSessions) {
    this.#sessions = sessions;
  }

  /** The last report of each table of a contract. */
  of(uri: Uri): ReadonlyMap<string, KnownReport> {
    return this.#known.get(uri.toString()) ?? new Map();
  }

  /** The session that a contract belongs to, while its engine answers. */
  session(uri: Uri): EngineSession | undefined {
    const session = this.#sessions.holding(uri);
    return session?.client === undefined ? undefined : session;
  }

  /** Runs one table of a contract as it is saved. Throws SlipwayError `bad-request` for a contract that is wrong. */
  async run(document: TextDocument, table: string): Promise<CheckReport> {
    const [first] = readContract(document.getText()).problems;
    if (first !== undefined) {
      throw new SlipwayError('bad-request', l10n.t('Line {0}: {1}', first.place.line, first.message));
    }
    if (document.isDirty) await document.save();
    const session = this.#sessions.holding(document.uri);
    if (session === undefined) throw new SlipwayError('invalid', l10n.t('Open the folder of this contract to run it.'));
    const client = await session.awaitClient();
    const contract = document.uri.fsPath;
    const { datasets } = await client.api.checks.subject.query({ contract, table });
    const dataset = datasets.find((name) => name === table) ?? datasets[0];
    const known = await withProgress(l10n.t('Checking {0}', table), async (signal): Promise<KnownReport> => {
      if (dataset === undefined) {
        return { report: await client.api.checks.file.mutate({ contract, table }, { signal }), data: { file: true } };
      }
      const report = await client.api.checks.run.mutate({ dataset, table }, { signal });
      return { report, data: { dataset, version: report.version } };
    });
    this.#keep(document.uri, table, known);
    return known.report;
  }

  /** Rows that break a check of a table that was run. */
  async badRows(uri: Uri, table: string, page: { check: string; offset: number; limit: number }): Promise<BadRows> {
    const client = this.#sessions.holding(uri)?.requireClient();
    const known = this.of(uri).get(table);
    if (client === undefined || known === undefined)
      throw new SlipwayError('not-found', l10n.t('Check it again first.'));
    const { data } = known;
    return 'dataset' in data
      ? client.api.checks.badRows.query({ ...data, table, ...page })
      : client.api.checks.fileRows.query({ contract: uri.fsPath, table, ...page });
  }

  #keep(uri: Uri, table: string, known: KnownReport): void {
    const tables = this.#known.get(uri.toString()) ?? new Map<string, KnownReport>();
    tables.set(table, known);
    this.#known.set(uri.toString(), tables);
    this.#changed.fire(uri);
  }

  dispose(): void {
    this.#store.dispose();
  }
}

/** Work that the user can cancel. */
function withProgress<T>(title: string, work: (signal: AbortSignal) => Promise<T>): Thenable<T> {
  const options = { location: ProgressLocation.Notification, title, cancellable: true };
  return window.withProgress(options, (_progress, token) => {
    const taken = new AbortController();
    token.onCancellationRequested(() => taken.abort());
    return work(taken.signal);
  });
}
