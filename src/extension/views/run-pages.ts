// One list of runs as far as it is loaded: pages in the order asked for, fetched one after the other.
import type { EngineClient } from '../../client/engine-client';
import type { RunQuery } from '../../protocol/api';
import { everyPage } from '../../protocol/every-page';
import type { Page, RunSummary } from '../../protocol/run';
import type { RunNode } from './run-node';

const pageSize = 50;
/** The most runs one request may ask for; beyond it a refresh walks pages. */
const requestLimit = 500;

/** What a list holds, and the rows it is made of. */
export interface RunPagesOptions {
  /** What to list, as of now. */
  query: () => RunQuery;
  /** The row of a run that the engine was asked for at `asked`, in milliseconds of `performance.now()`. */
  node: (run: RunSummary, asked: number) => RunNode;
}

interface Loaded {
  nodes: RunNode[];
  total: number;
  next: string | null;
}

/** One answer of the engine, with when it was asked for. */
interface Fetched extends Page<RunSummary> {
  total: number;
  asked: number;
}

/** A list of runs that grows by pages and is fetched again as far as it is loaded. */
export class RunPages {
  readonly #options: RunPagesOptions;
  #loaded: Loaded = { nodes: [], total: 0, next: null };
  #isLoaded = false;
  #isWanted = false;
  #queue: Promise<void> = Promise.resolve();

  constructor(options: RunPagesOptions) {
    this.#options = options;
  }

  /** Whether it has ever been fetched. */
  get isLoaded(): boolean {
    return this.#isLoaded;
  }

  /** Whether somebody ever wanted to see it: what could not be fetched then is fetched with the next look. */
  get isWanted(): boolean {
    return this.#isWanted;
  }

  /** Somebody wants to see it. */
  want(): void {
    this.#isWanted = true;
  }

  /** The rows that are loaded, in the order asked for. */
  get nodes(): readonly RunNode[] {
    return this.#loaded.nodes;
  }

  /** How many runs the list has, loaded or not. */
  get total(): number {
    return this.#loaded.total;
  }

  /** How many of them are not loaded. */
  get left(): number {
    return this.#loaded.next === null ? 0 : Math.max(0, this.#loaded.total - this.#loaded.nodes.length);
  }

  /** True when one of these runs is loaded. */
  holds(runIds: ReadonlySet<string>): boolean {
    return this.#loaded.nodes.some(({ run }) => runIds.has(run.runId));
  }

  /** Fetches again what is loaded, at least a page. */
  refresh(client: EngineClient): Promise<void> {
    return this.#queued(async () => {
      const wanted = Math.max(this.#loaded.nodes.length, pageSize);
      const query = this.#options.query();
      const result: Loaded = { nodes: [], total: 0, next: null };
      const limit = (): number => Math.min(requestLimit, wanted - result.nodes.length);
      const pages = everyPage((page) => this.#fetch(client, { ...query, limit: limit(), page }));
      for await (const page of pages) {
        this.#add(page, result);
        if (result.nodes.length >= wanted) break;
      }
      this.#loaded = result;
      this.#isLoaded = true;
    });
  }

  /** Adds one page. */
  loadMore(client: EngineClient): Promise<void> {
    return this.#queued(async () => {
      if (this.#loaded.next !== null) {
        const { next: page } = this.#loaded;
        this.#add(await this.#fetch(client, { ...this.#options.query(), limit: pageSize, page }), this.#loaded);
      }
    });
  }

  async #fetch(client: EngineClient, query: RunQuery): Promise<Fetched> {
    const asked = performance.now();
    return { ...(await client.api.runs.list.query(query)), asked };
  }

  #add({ items, total, next, asked }: Fetched, into: Loaded): void {
    // A run that began between two pages shifts the later ones, so a page may repeat a row.
    const known = new Set(into.nodes.map(({ run }) => run.runId));
    const fresh = items.filter(({ runId }) => !known.has(runId));
    into.nodes.push(...fresh.map((run) => this.#options.node(run, asked)));
    into.total = total;
    into.next = next;
  }

  #queued(work: () => Promise<void>): Promise<void> {
    const done = this.#queue.then(work);
    this.#queue = done.catch(() => undefined);
    return done;
  }
}
