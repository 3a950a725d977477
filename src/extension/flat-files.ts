// What the file systems of runs have in common: single files that the engine is asked for, without folders, none of which
// is made, renamed or thrown away from an editor.
import {
  EventEmitter,
  type FileChangeEvent,
  FileChangeType,
  type FileStat,
  FileSystemError,
  type FileSystemProvider,
  type FileType,
  type Uri,
} from 'vscode';
import { type Disposable, DisposableStore } from '../base/disposable';
import { messageOf } from '../base/errors';
import type { EngineClient } from '../client/engine-client';
import type { EngineEvent } from '../protocol/event';
import type { EngineSession } from './session/engine-session';
import type { EngineSessions } from './session/engine-sessions';

/** A file system whose URIs name a folder of the window; a class of it says how a file is read, and perhaps written. */
export abstract class FlatFiles implements FileSystemProvider, Disposable {
  protected readonly store = new DisposableStore();
  readonly #sessions: EngineSessions;
  readonly #changed = this.store.add(new EventEmitter<FileChangeEvent[]>());
  readonly onDidChangeFile = this.#changed.event;

  constructor(sessions: EngineSessions) {
    this.#sessions = sessions;
    this.store.add(sessions.onEvent(({ event }) => this.heard(event)));
  }

  abstract watch(uri: Uri): Disposable;
  abstract stat(uri: Uri): Promise<FileStat>;
  abstract readFile(uri: Uri): Promise<Uint8Array>;
  /** An event of some folder's engine. */
  protected abstract heard(event: EngineEvent): void;

  writeFile(uri: Uri, _content: Uint8Array): void | Promise<void> {
    throw FileSystemError.NoPermissions(uri);
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
    this.store.dispose();
  }

  /** Tells editors that these files are not what they were. */
  protected tell(uris: readonly Uri[]): void {
    if (uris.length > 0) this.#changed.fire(uris.map((uri) => ({ type: FileChangeType.Changed, uri })));
  }

  /** The session of a folder, by its URI as text. Throws FileSystemError when this window has it not open. */
  protected session(folder: string): EngineSession {
    try {
      return this.#sessions.get(folder);
    } catch (error) {
      throw FileSystemError.Unavailable(messageOf(error));
    }
  }

  /** Its client. An editor that a reload brings back asks before the engine answers, so an engine is waited for. */
  protected async client(folder: string): Promise<EngineClient> {
    try {
      return await this.session(folder).awaitClient();
    } catch (error) {
      throw FileSystemError.Unavailable(messageOf(error));
    }
  }
}
