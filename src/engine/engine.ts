// Composition root: builds the stages over one database, mounts the surfaces on one server, and takes all of it down
// again in order.
import type { FastifyInstance } from 'fastify';
import { DisposableStore } from '../base/disposable';
import { SlipwayError, systemCodeOf } from '../base/errors';
import { slipwayVersion } from '../base/version';
import { giveMemoryBack } from '../platform/process/memory';
import { processMark } from '../platform/process/process-mark';
import { tryLock } from '../platform/sqlite/exclusive-lock';
import { WorkspaceLayout } from '../protocol/folder/layout';
import { prepareHome, readAddress, removeLiveness, tokenAt, writeAddress, writeLiveness } from './discovery';
import { createServer, listen } from './http/server';
import { EngineLife } from './life';
import { EngineLog } from './log';
import type { EngineOptions, EngineSettings } from './options';
import { Services } from './services';
import { mountSurfaces } from './surfaces';

/** Milliseconds after the start in which the one who started it has been answered. */
const quietMoment = 250;

/** One running engine. */
export class Engine {
  readonly log: EngineLog;
  readonly token: string;
  readonly url: string;
  readonly #layout: WorkspaceLayout;
  readonly #services: Services;
  readonly #app: FastifyInstance;
  readonly #owned: DisposableStore;
  #ending: Promise<void> | undefined;

  private constructor(parts: {
    log: EngineLog;
    token: string;
    url: string;
    layout: WorkspaceLayout;
    services: Services;
    app: FastifyInstance;
    owned: DisposableStore;
  }) {
    this.log = parts.log;
    this.token = parts.token;
    this.url = parts.url;
    this.#layout = parts.layout;
    this.#services = parts.services;
    this.#app = parts.app;
    this.#owned = parts.owned;
  }

  /**
   * Starts the engine of a folder; undefined when another process holds it. Throws SlipwayError when the folder cannot
   * be written (`read-only`), the database is newer (`newer-schema`) or a port asked for by hand is taken (`conflict`).
   */
  static async start(options: EngineOptions): Promise<Engine | undefined> {
    const layout = new WorkspaceLayout(options.workspace);
    prepareHome(layout);
    const lock = tryLock(layout.lock);
    if (lock === undefined) return undefined;
    const owned = new DisposableStore();
    owned.add({ dispose: () => lock.release() }, { dispose: () => removeLiveness(layout) });
    try {
      return await Engine.#assemble(options, layout, owned);
    } catch (error) {
      throw isDamage(error) ? damaged(options.database ?? layout.database, error) : error;
    }
  }

  /** Disposes of `owned` when it fails. The token stays here, at the door; nothing behind it is handed one. */
  static async #assemble(
    { token: asked, ...options }: EngineOptions,
    layout: WorkspaceLayout,
    owned: DisposableStore,
  ): Promise<Engine> {
    const log = new EngineLog(`${layout.logs}/engine.log`);
    let app: FastifyInstance | undefined;
    try {
      const services = owned.add(new Services(options, layout, log));
      const address = readAddress(layout);
      const life = owned.add(lifeOf(layout.home, { options, services, end: (why) => void ending(why) }));
      app = createServer({
        tokens: () => acceptedTokens(asked, address.token),
        onRequest: () => {
          life.seen();
          services.recordings.catchUp();
        },
        onFailure: (error) => log.error({ err: error }, 'a request failed'),
      });
      const stop = (): void => void ending('it was asked to');
      const { silence, durability } = options;
      const facts = { silence, durability, url: '', started: Date.now(), life, log, stop };
      mountSurfaces(app, services, facts);
      const port = await listen(app, options.port ?? address.port, (options.port ?? 0) !== 0);
      if (options.port === undefined) address.token = tokenAt(port, address);
      facts.url = `http://127.0.0.1:${port}`;
      writeAddress(layout, { url: facts.url, port, token: address.token, workspace: layout.root });
      const token = asked ?? address.token;
      const engine = new Engine({ log, token, url: facts.url, layout, services, app, owned });
      const ending = (why: string): Promise<void> => engine.end(why);
      engine.#begin(facts.started);
      return engine;
    } catch (error) {
      await app?.close();
      owned.dispose();
      throw error;
    }
  }

  /** Says that it lives, and looks after what happened while no engine was there. */
  #begin(started: number): void {
    const { url, log } = this;
    const version = slipwayVersion;
    const { pid } = process;
    const watches = this.#services.recordings.watchInbox();
    writeLiveness(this.#layout, { pid, version, started, url, mark: processMark(pid), watches });
    this.#services.takeIn();
    this.#services
      .checkAfterCrash()
      .catch((error: unknown) => log.error({ err: error }, 'the pages could not be checked'));
    setImmediate(() => log.info({ url, pid, version }, 'started'));
    // Node makes what the API's requests are made of when it is first named. Whoever started the engine is answered
    // before, and who comes later does not wait for it.
    setTimeout(() => void globalThis.Request, quietMoment).unref();
  }

  /** Ends the engine: no more requests, everything written, the lock free. The process exits with `code`. */
  end(why: string, code = 0): Promise<void> {
    this.#ending ??= this.#end(why, code);
    return this.#ending;
  }

  async #end(why: string, code: number): Promise<void> {
    try {
      await this.#close(why);
      this.log.info({}, 'ended');
    } catch (error) {
      this.log.error({ err: error }, 'ended, and not all of it could be closed');
    } finally {
      process.exit(code);
    }
  }

  async #close(why: string): Promise<void> {
    try {
      this.log.info({ why }, 'ending');
      // Answers under way get a moment; a client that holds a stream open does not hold up the end.
      await Promise.race([this.#app.close(), new Promise((resolve) => setTimeout(resolve, 2000))]);
    } finally {
      this.#owned.dispose();
    }
  }
}

function lifeOf(
  home: string,
  by: { options: EngineSettings; services: Services; end: (why: string) => void },
): EngineLife {
  return new EngineLife({
    home,
    idleLimit: by.options.idleLimit,
    reasons: () => by.services.reasonsToStay(),
    isWhole: () => by.services.isWhole(),
    now: Date.now,
    end: by.end,
    rest: giveMemoryBack,
  });
}

/** `--token` holds for this process; the workspace's own token goes on being good unless tokens are switched off. */
function acceptedTokens(asked: string | undefined, own: string): string[] {
  if (asked === undefined) return [own];
  return asked === '' ? [] : [asked, own];
}

/** A file that opens, and has damaged pages where the engine looks first. */
function damaged(path: string, cause: unknown): SlipwayError {
  const sentence = `${path} has damaged pages. \`slipway doctor --repair\` keeps it and brings back what can be read.`;
  return new SlipwayError('damaged', sentence, { cause });
}

function isDamage(error: unknown): boolean {
  return systemCodeOf(error)?.startsWith('SQLITE_CORRUPT') === true;
}
