// A run's note as a Markdown file that VS Code's own editor and preview open; saving it is a change like any other.
import { type FileStat, FileSystemError, FileType, l10n, Uri, workspace } from 'vscode';
import type { Disposable } from '../../base/disposable';
import { type EngineEvent, isAbout } from '../../protocol/event';
import { longestTagValue, noteTag } from '../../protocol/runs/run-tag';
import { FlatFiles } from '../flat-files';
import { pathSegment } from '../path-segment';
import type { EngineSessions } from '../session/engine-sessions';
import type { RunNode } from '../views/run-node';
import { changeWords } from './change-words';
import type { RunEdits } from './run-edits';

const scheme = 'slipway-note';

/** The URI of a run's note. Its path, which the editor shows, says the run's name. */
export function noteUri({ session, run }: RunNode): Uri {
  return Uri.from({ scheme, path: `/${pathSegment(run.name)} note.md`, query: `${run.runId} ${session.folder.uri}` });
}

interface Note {
  text: string;
  changed: number;
  /** What the editor has of it: what was read or written last. */
  shown: string;
}

/** The file system behind those URIs. */
export class NoteFiles extends FlatFiles {
  readonly #edits: RunEdits;
  readonly #notes = new Map<string, Note>();

  constructor(sessions: EngineSessions, edits: RunEdits) {
    super(sessions);
    this.#edits = edits;
    this.store.add(workspace.registerFileSystemProvider(scheme, this, { isCaseSensitive: true }));
  }

  /** Every note that was read is watched: their number is that of the editors opened. */
  watch(): Disposable {
    return { dispose: () => undefined };
  }

  async stat(uri: Uri): Promise<FileStat> {
    const note = await this.#look(uri);
    return { type: FileType.File, ctime: 0, mtime: note.changed, size: Buffer.byteLength(note.text) };
  }

  async readFile(uri: Uri): Promise<Uint8Array> {
    const note = await this.#look(uri);
    note.shown = note.text;
    return new TextEncoder().encode(note.text);
  }

  override async writeFile(uri: Uri, content: Uint8Array): Promise<void> {
    const { runId, folder } = parse(uri);
    const text = new TextDecoder().decode(content);
    // A value that is too long is cut, and of a note a part would be lost in silence.
    if (text.length > longestTagValue) {
      const sentence = l10n.t('A note has at most {0} characters; this one has {1}.', longestTagValue, text.length);
      throw FileSystemError.Unavailable(sentence);
    }
    const { name, tags } = await (await this.client(folder)).api.runs.get.query({ runId });
    const standing = tags.find(({ key }) => key === noteTag)?.value ?? null;
    const known = this.#notes.get(uri.toString());
    if (known !== undefined && known.shown !== (standing ?? '')) {
      known.shown = standing ?? '';
      const sentence = 'The note of {0} was changed elsewhere meanwhile. Revert shows it, Retry writes over it.';
      throw FileSystemError.Unavailable(l10n.t(sentence, name));
    }
    const wanted = { [noteTag]: text.trim() === '' ? null : text };
    const changes = [{ runId, tags: wanted, expected: { tags: { [noteTag]: standing } } }];
    this.#notes.set(uri.toString(), { text, changed: Date.now(), shown: text });
    const says = changeWords(name, { tags: wanted });
    const refusal = await this.#edits.make({ session: this.session(folder), changes, says });
    if (refusal === undefined) return;
    if (known === undefined) this.#notes.delete(uri.toString());
    else this.#notes.set(uri.toString(), known);
    throw FileSystemError.Unavailable(refusal);
  }

  async #look(uri: Uri): Promise<Note> {
    const { runId, folder } = parse(uri);
    const { tags } = await (await this.client(folder)).api.runs.get.query({ runId });
    const text = tags.find(({ key }) => key === noteTag)?.value ?? '';
    const known = this.#notes.get(uri.toString());
    if (known?.text === text) return known;
    // VS Code itself asks before it writes over a file that has another size now; over one of the same size we do.
    const isAsked = known === undefined || Buffer.byteLength(known.shown) !== Buffer.byteLength(text);
    const note = { text, changed: Date.now(), shown: isAsked ? text : known.shown };
    this.#notes.set(uri.toString(), note);
    return note;
  }

  protected override heard(event: EngineEvent): void {
    const open = new Set(workspace.textDocuments.map(({ uri }) => uri.toString()));
    for (const key of [...this.#notes.keys()]) if (!open.has(key)) this.#notes.delete(key);
    const shown = [...this.#notes.keys()].map((key) => Uri.parse(key));
    this.tell(shown.filter((uri) => isAbout(event, parse(uri).runId)));
  }
}

function parse(uri: Uri): { runId: string; folder: string } {
  const [runId = '', folder = ''] = uri.query.split(' ');
  return { runId, folder };
}
