// A star, and being archived, as badges at the end of a run's row: VS Code draws them by the row's resource.
import { EventEmitter, FileDecoration, type FileDecorationProvider, l10n, ThemeColor, Uri, window } from 'vscode';
import type { Disposable } from '../../base/disposable';
import type { RunSummary } from '../../protocol/run';

const scheme = 'slipway-row';

/** The resource of a run's row; other marks are another resource, so nothing has to be told of a change. */
export function runMarksUri({ runId, starred, archived }: RunSummary): Uri {
  const marks = [...(starred ? ['starred'] : []), ...(archived ? ['archived'] : [])];
  return Uri.from({ scheme, path: `/${runId}`, query: marks.join(' ') });
}

/** Draws the badges until disposed of. */
export class RunMarks implements FileDecorationProvider, Disposable {
  readonly #changed = new EventEmitter<undefined>();
  readonly #registration = window.registerFileDecorationProvider(this);
  readonly onDidChangeFileDecorations = this.#changed.event;

  provideFileDecoration(uri: Uri): FileDecoration | undefined {
    if (uri.scheme !== scheme || uri.query === '') return undefined;
    const marks = uri.query.split(' ');
    const isArchived = marks.includes('archived');
    const words = marks.map((mark) => (mark === 'starred' ? l10n.t('Starred') : l10n.t('Archived')));
    const badge = (marks.includes('starred') ? '★' : '') + (isArchived ? 'A' : '');
    return new FileDecoration(
      badge,
      words.join(', '),
      isArchived ? new ThemeColor('descriptionForeground') : undefined,
    );
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}
