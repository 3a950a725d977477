// What an import did, as a read-only document: what did not come in is named there, one line each.
import { l10n, type TextDocumentContentProvider, Uri, window, workspace } from 'vscode';
import type { Disposable } from '../../base/disposable';
import type { ImportResult, NamedReason } from '../../protocol/jobs/job';
import { kindCounts } from '../../protocol/jobs/job-words';
import { pathSegment } from '../path-segment';

const scheme = 'slipway-import';
const mostKept = 20;

/** The documents of the window's last imports. */
export class ImportReports implements TextDocumentContentProvider, Disposable {
  readonly #texts = new Map<string, string>();
  readonly #provider = workspace.registerTextDocumentContentProvider(scheme, this);
  #count = 0;

  provideTextDocumentContent(uri: Uri): string {
    return this.#texts.get(uri.query) ?? l10n.t('This report is gone: the window was loaded again since.');
  }

  /** Opens the report of an import from `name`. */
  async show(name: string, result: ImportResult): Promise<void> {
    this.#count += 1;
    const id = String(this.#count);
    this.#texts.set(id, reportText(name, result));
    this.#texts.delete(String(this.#count - mostKept));
    const uri = Uri.from({ scheme, path: `/${pathSegment(l10n.t('Import of {0}', name))}.txt`, query: id });
    await window.showTextDocument(await workspace.openTextDocument(uri), { preview: true });
  }

  dispose(): void {
    this.#provider.dispose();
    this.#texts.clear();
  }
}

function reportText(name: string, result: ImportResult): string {
  const { source, imported, updated, skipped, points } = result;
  const facts: [string, string][] = [
    [l10n.t('Brought in'), kindCounts({ ...imported, point: points })],
    [l10n.t('Brought up to date'), kindCounts(updated)],
    [l10n.t('Already here'), kindCounts(skipped)],
  ];
  return [
    l10n.t('Import of {0}', name),
    '',
    ...(source === null ? [] : [l10n.t('{0} is {1}. It was only read.', source.path, source.what), '']),
    ...facts.filter(([, text]) => text !== '').map(([head, text]) => `${head}: ${text}.`),
    ...section(l10n.t('Refused, and nothing of it kept'), result.refused),
    ...section(l10n.t('Could not be read'), result.problems),
    ...section(l10n.t('Not taken'), result.leftOut),
    '',
  ].join('\n');
}

function section(head: string, reasons: readonly NamedReason[]): string[] {
  if (reasons.length === 0) return [];
  return ['', `${head}:`, ...reasons.map(({ name, why }) => `- ${oneLine(name)}: ${oneLine(why)}`)];
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
