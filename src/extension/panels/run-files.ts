// A run's artifacts, log and diff as read-only files, so that VS Code's own editors and image preview open them.
import { type FileStat, FileSystemError, FileType, l10n, Uri, workspace } from 'vscode';
import type { Disposable } from '../../base/disposable';
import { messageOf, SlipwayError } from '../../base/errors';
import { asSlipwayError, type EngineClient } from '../../client/engine-client';
import { type EngineEvent, isAbout } from '../../protocol/event';
import { plainOutput } from '../../protocol/recording/terminal-escapes';
import { bytesText } from '../../protocol/wording';
import { FlatFiles } from '../flat-files';
import { pathSegment } from '../path-segment';
import type { EngineSessions } from '../session/engine-sessions';
import { Throttle } from '../throttle';
import { environmentText } from './run/environment-text';

const scheme = 'slipway-run';
/** VS Code refuses to edit larger text files; more bytes than this are for Save As. */
export const sizeLimit = 50_000_000;
/** Of a longer log the end is shown: it is read again and again while its run goes on. */
const outputLimit = 4_000_000;
const changeRest = 1000;

/** What of a run is shown as a file. */
export type RunFileKind = 'diff' | 'output' | 'environment' | 'before' | 'after' | 'code' | 'artifact';

/** What a `slipway-run:` URI names. */
interface RunFile {
  /** The workspace folder's URI as text. */
  folder: string;
  runId: string;
  kind: RunFileKind;
  path: string;
}

/** The URI of one file of a run. Its path, which the editor shows, says the run's name; its query says which run. */
export function runFileUri(file: RunFile & { runName: string }): Uri {
  const tail = {
    diff: ' changes.diff',
    output: ' output.log',
    environment: ' environment.txt',
    before: `/${file.path}`,
    after: `/${file.path}`,
    code: `/${file.path}`,
    artifact: `/${file.path}`,
  }[file.kind];
  return Uri.from({
    scheme,
    path: `/${pathSegment(file.runName)}${tail}`,
    query: [file.kind, file.runId, file.folder].join(' '),
  });
}

function parse(uri: Uri): RunFile {
  const [kind = '', runId = '', folder = ''] = uri.query.split(' ');
  const path = uri.path.split('/').slice(2).join('/');
  return { folder, runId, kind: kind as RunFile['kind'], path };
}

/** The read-only file system behind those URIs. */
export class RunFiles extends FlatFiles {
  readonly #watched = new Map<string, Uri>();
  readonly #stale = new Map<string, Uri>();
  readonly #teller = this.store.add(new Throttle(async () => this.#tellChanges(), changeRest));
  #lastChange = Date.now();

  constructor(sessions: EngineSessions) {
    super(sessions);
    this.store.add(workspace.registerFileSystemProvider(scheme, this, { isReadonly: true, isCaseSensitive: true }));
  }

  watch(uri: Uri): Disposable {
    this.#watched.set(uri.toString(), uri);
    return { dispose: () => this.#watched.delete(uri.toString()) };
  }

  async stat(uri: Uri): Promise<FileStat> {
    const size = await this.#size(uri);
    return { type: FileType.File, ctime: 0, mtime: this.#lastChange, size };
  }

  async readFile(uri: Uri): Promise<Uint8Array> {
    const file = parse(uri);
    const client = await this.client(file.folder);
    if (file.kind === 'output') return readOutput(client, file.runId);
    if (file.kind !== 'artifact') return new TextEncoder().encode(await readText(client, file));
    const size = await this.#size(uri);
    if (size > sizeLimit) {
      throw FileSystemError.Unavailable(
        l10n.t('{0} holds {1}: save it to a file to open it.', file.path, bytesText(size)),
      );
    }
    const response = await client.artifact(file.runId, file.path).catch((error) => {
      throw FileSystemError.Unavailable(messageOf(error));
    });
    return new Uint8Array(await response.arrayBuffer());
  }

  async #size(uri: Uri): Promise<number> {
    const file = parse(uri);
    const client = await this.client(file.folder);
    if (file.kind === 'output') {
      const { size } = await client.api.output.read.query({ runId: file.runId, bytes: 1 });
      return size <= outputLimit ? size : outputLimit + Buffer.byteLength(cutNotice(size));
    }
    if (file.kind !== 'artifact') return Buffer.byteLength(await readText(client, file));
    try {
      return await client.api.artifacts.size.query({ runId: file.runId, path: file.path });
    } catch (error) {
      throw SlipwayError.is(asSlipwayError(error), 'not-found') ? FileSystemError.FileNotFound(uri) : error;
    }
  }

  protected override heard(event: EngineEvent): void {
    for (const [key, uri] of this.#watched) if (isAbout(event, parse(uri).runId)) this.#stale.set(key, uri);
    if (this.#stale.size > 0) this.#teller.ask();
  }

  #tellChanges(): void {
    const stale = [...this.#stale.values()];
    this.#stale.clear();
    this.#lastChange = Date.now();
    this.tell(stale);
  }
}

async function readText(client: EngineClient, { kind, runId, path }: RunFile): Promise<string> {
  if (kind === 'before' || kind === 'after')
    return (await client.api.runs.changedFile.query({ runId, path }))[kind] ?? '';
  if (kind === 'code') return (await client.api.runs.codeFile.query({ runId, path })) ?? '';
  if (kind === 'diff') return client.api.runs.diff.query({ runId });
  return environmentText(await client.api.runs.get.query({ runId }));
}

async function readOutput(client: EngineClient, runId: string): Promise<Uint8Array> {
  const { text, start, size } = await client.api.output.read.query({ runId, bytes: outputLimit });
  return new TextEncoder().encode((start > 0 ? cutNotice(size) : '') + plainOutput(text));
}

function cutNotice(size: number): string {
  return `${l10n.t('The log holds {0}; these are its last {1}.', bytesText(size), bytesText(outputLimit))}\n`;
}
