// What came of contracts: those that were run in this window, and what is kept of the newest versions; and how one is run.
import { EventEmitter, l10n, type TextDocument, type Uri, workspace } from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable';
import { SlipwayError } from '../../base/errors';
import type { BadRows, CheckReport } from '../../protocol/datasets/contract/check';
import { readContract } from '../../protocol/datasets/contract/reading/contract-reading';
import { versionName } from '../../protocol/datasets/panel/version-name';
import { cancellableWork } from '../cancellable-work';
import type { EngineSession } from '../session/engine-session';
import type { EngineSessions } from '../session/engine-sessions';
import { isContract } from './contract-file';

/** What a table of a contract was run on. */
export type CheckedData = { dataset: string; version: string } | { file: true };

/** A report, and what it is of. */
export interface KnownReport {
  report: CheckReport;
  data: CheckedData;
  /** `flights@2013-07`; null of a file. */
  about: string | null;
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
    const openOnes = (): readonly TextDocument[] => workspace.textDocuments.filter(isContract);
    // What cannot be asked now is asked when the engine is there, or says that a dataset changed.
    const recall = (documents: readonly TextDocument[]): void => {
      for (const document of documents) void this.recall(document).catch(() => undefined);
    };
    this.#store.add(workspace.onDidOpenTextDocument((document) => recall(isContract(document) ? [document] : [])));
    this.#store.add(sessions.onStateChanged(() => recall(openOnes())));
    this.#store.add(sessions.onEvent(({ event }) => event.type === 'datasets' && recall(openOnes())));
    recall(openOnes());
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

  /** Takes up what is kept of the newest version of the datasets that hold to a contract, where it is newer than what is known. */
  async recall(document: TextDocument): Promise<void> {
    const { uri } = document;
    const client = this.session(uri)?.client;
    if (client === undefined) return;
    for (const { name: table } of readContract(document.getText()).tables) {
      const { datasets } = await client.api.checks.subject.query({ contract: uri.fsPath, table });
      const dataset = datasets.find((name) => name === table) ?? datasets[0];
      if (dataset === undefined) continue;
      const { version, check: report } = await client.api.datasetPanel.view.query({ dataset });
      const known = this.of(uri).get(table)?.report.time ?? 0;
      if (report === null || report.time <= known) continue;
      const about = `${dataset}@${versionName(version)}`;
      this.#keep(uri, table, { report, data: { dataset, version: version.id }, about });
    }
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
    const known = await cancellableWork(l10n.t('Checking {0}', table), async (signal): Promise<KnownReport> => {
      if (dataset === undefined) {
        return {
          report: await client.api.checks.file.mutate({ contract, table }, { signal }),
          data: { file: true },
          about: null,
        };
      }
      const report = await client.api.checks.run.mutate({ dataset, table }, { signal });
      const { version } = report;
      return { report, data: { dataset, version }, about: `${dataset}@${version.slice(0, 7)}` };
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
