// A star, being archived, and the mark of a selected run as badges at the end of its row: VS Code draws them by the row's
// resource.
import { EventEmitter, FileDecoration, type FileDecorationProvider, l10n, ThemeColor, Uri, window } from 'vscode';
import type { Disposable } from '../../base/disposable';
import type { RunSummary } from '../../protocol/run';
import { markColour, markSign } from '../../protocol/runs/mark-signs';
import type { SelectedRuns } from '../panels/selected-runs';

const scheme = 'slipway-row';
/** The colours of marks as the editor's theme has them. */
const colours = [
  'charts.blue',
  'slipway.run.orange',
  'charts.green',
  'charts.purple',
  'charts.red',
  'descriptionForeground',
];

/** The resource of a run's row; other marks are another resource, so nothing has to be told of a change. */
export function runMarksUri({ runId, starred, archived }: RunSummary): Uri {
  const marks = [...(starred ? ['starred'] : []), ...(archived ? ['archived'] : [])];
  return Uri.from({ scheme, path: `/${runId}`, query: marks.join(' ') });
}

/** Draws the badges until disposed of. */
export class RunMarks implements FileDecorationProvider, Disposable {
  readonly #changed = new EventEmitter<undefined>();
  readonly onDidChangeFileDecorations = this.#changed.event;
  // Behind the event, which VS Code listens to from here on.
  readonly #registration = window.registerFileDecorationProvider(this);
  readonly #selected: SelectedRuns;
  readonly #listening: Disposable;

  constructor(selected: SelectedRuns) {
    this.#selected = selected;
    this.#listening = selected.onChanged(() => this.#changed.fire(undefined));
  }

  provideFileDecoration(uri: Uri): FileDecoration | undefined {
    if (uri.scheme !== scheme) return undefined;
    const mark = this.#selected.markOf(uri.path.slice(1));
    if (mark === undefined && uri.query === '') return undefined;
    const marks = uri.query === '' ? [] : uri.query.split(' ');
    if (mark !== undefined) return selectedMark(mark, marks);
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
    this.#listening.dispose();
    this.#registration.dispose();
    this.#changed.dispose();
  }
}

/** A selected run's mark comes first; there is room for two signs. */
function selectedMark(mark: number, marks: readonly string[]): FileDecoration {
  const { letter } = markSign(mark);
  const colour = colours[markColour(mark)] ?? '';
  const star = marks.includes('starred') ? '★' : '';
  const words = [l10n.t('Shown in the runs table or a comparison'), ...(star === '' ? [] : [l10n.t('Starred')])];
  return new FileDecoration(letter + star, words.join(', '), new ThemeColor(colour));
}
