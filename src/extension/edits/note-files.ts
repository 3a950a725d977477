// A run's note as a Markdown file that VS Code's own editor and preview open; saving it is a change like any other.
import {
  EventEmitter,
  type FileChangeEvent,
  FileChangeType,
  type FileStat,
  FileSystemError,
  type FileSystemProvider,
  FileType,
  l10n,
  Uri,
  workspace,
} from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable';
import { messageOf } from '../../base/errors';
import type { EngineClient } from '../../client/engine-client';
import type { EngineEvent } from '../../protocol/event';
import { longestTagValue, noteTag } from '../../protocol/runs/run-tag';
import { pathSegment } from '../path-segment';
import type { EngineSession } from '../session/engine-session';
import type { EngineSessions } from '../session/engine-sessions';
import type { RunNode } from '../views/run-node';
import type { RunEdits } from './run-edits';

const scheme = 'slipway-note';

/** The URI of a run's note. Its path, which the editor shows, says the run's name. */
export function noteUri({ session, run }: RunNode): Uri {
  return Uri.from({ scheme, path: `/${pathSegment(run.name)} note.md`, query: `${run.runId} ${session.folder.uri}` });
}

interface Note {
  text: string;
  changed: number;
}

/** The file system behind those URIs. */
export class NoteFiles implements FileSystemProvider, Disposable {
  readonly #sessions: EngineSessions;
  readonly #edits: RunEdits;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new EventEmitter<FileChangeEvent[]>());
  readonly #notes = new Map<string, Note>();
  readonly onDidChangeFile = this.#changed.event;

  constructor(sessions: EngineSessions, edits: RunEdits) {
    this.#sessions = sessions;
    this.#edits = edits;
    this.#store.add(workspace.registerFileSystemProvider(scheme, this, { isCaseSensitive: true }));
    this.#store.add(sessions.onEvent(({ event }) => this.#heard(event)));
  }

  /** Every note that was read is watched: their number is that of the editors opened. */
  watch(): Disposable {
    return { dispose: () => undefined };
  }

  async stat(uri: Uri): Promise<FileStat> {
    const note = await this.#read(uri);
    return { type: FileType.File, ctime: 0, mtime: note.changed, size: Buffer.byteLength(note.text) };
  }

  async readFile(uri: Uri): Promise<Uint8Array> {
    return new TextEncoder().encode((await this.#read(uri)).text);
  }

  async writeFile(uri: Uri, content: Uint8Array): Promise<void> {
    const { runId, session } = this.#parse(uri);
    const text = new TextDecoder().decode(content);
    // A value that is too long is cut, and of a note a part would be lost in silence.
    if (text.length > longestTagValue) {
      const sentence = l10n.t('A note has at most {0} characters; this one has {1}.', longestTagValue, text.length);
      throw FileSystemError.Unavailable(sentence);
    }
    const { name } = await (await this.#client(session)).api.runs.get.query({ runId });
    const changes = [{ runId, tags: { [noteTag]: text.trim() === '' ? null : text } }];
    this.#notes.set(uri.toString(), { text, changed: Date.now() });
    const refusal = await this.#edits.make({ session, changes, says: l10n.t('Changed the note of {0}.', name) });
    if (refusal === undefined) return;
    this.#notes.delete(uri.toString());
    throw FileSystemError.Unavailable(refusal);
  }

  readDirectory(): [string, FileType][] {
    return [];
  }

  createDirectory(uri: Uri): void {
    throw FileSystemError.NoPermissions(uri);
  }

  delete(uri: Uri): void {
    throw FileSystemError.NoPermissions(uri);
  }

  rename(uri: Uri): void {
    throw FileSystemError.NoPermissions(uri);
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #read(uri: Uri): Promise<Note> {
    const { runId, session } = this.#parse(uri);
    const { tags } = await (await this.#client(session)).api.runs.get.query({ runId });
    const text = tags.find(({ key }) => key === noteTag)?.value ?? '';
    const known = this.#notes.get(uri.toString());
    if (known?.text === text) return known;
    const note = { text, changed: Date.now() };
    this.#notes.set(uri.toString(), note);
    return note;
  }

  #parse(uri: Uri): { runId: string; session: EngineSession } {
    const [runId = '', folder = ''] = uri.query.split(' ');
    try {
      return { runId, session: this.#sessions.get(folder) };
    } catch (error) {
      throw FileSystemError.Unavailable(messageOf(error));
    }
  }

  /** An editor that a reload brings back asks before the engine answers. */
  async #client(session: EngineSession): Promise<EngineClient> {
    try {
      return await session.awaitClient();
    } catch (error) {
      throw FileSystemError.Unavailable(messageOf(error));
    }
  }

  #heard(event: EngineEvent): void {
    if (event.type !== 'runs') return;
    const open = new Set(workspace.textDocuments.map(({ uri }) => uri.toString()));
    const changes: FileChangeEvent[] = [];
    for (const key of [...this.#notes.keys()]) {
      const uri = Uri.parse(key);
      if (!open.has(key)) this.#notes.delete(key);
      else if (event.runIds.length === 0 || event.runIds.includes(uri.query.split(' ')[0] ?? '')) {
        changes.push({ type: FileChangeType.Changed, uri });
      }
    }
    if (changes.length > 0) this.#changed.fire(changes);
  }
}
