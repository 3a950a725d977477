// What a panel was last told. A hidden panel is thrown away; shown again it draws this at once, then asks anew.
import type { PanelQuery } from '../../protocol/panel';

/** Answers that are remembered, the latest of each question. */
const most = 80;
/** Longer together, in characters of JSON, they would make the page itself slow; what finds no room is left out. */
const longest = 600_000;

/** What answers no question about how things are is not kept. */
const passing: ReadonlySet<PanelQuery> = new Set(['runs.change', 'runs.filesNow', 'output.find', 'audit.verify']);

/** The answers of one panel. */
export class KeptAnswers {
  readonly #answers = new Map<string, unknown>();

  /** Remembers an answer in place of the one before. */
  keep(name: PanelQuery, input: unknown, value: unknown): void {
    if (passing.has(name)) return;
    const key = JSON.stringify([name, input]);
    this.#answers.delete(key);
    this.#answers.set(key, value);
    const [oldest] = this.#answers.keys();
    if (this.#answers.size > most && oldest !== undefined) this.#answers.delete(oldest);
  }

  /** Forgets the answers to earlier questions of that name. */
  drop(name: PanelQuery): void {
    for (const key of [...this.#answers.keys()]) if (key.startsWith(`["${name}",`)) this.#answers.delete(key);
  }

  /** By question, as the page asks it (`["name",input]`), the latest first to find room. */
  get all(): Record<string, unknown> {
    const kept: Record<string, unknown> = {};
    let length = 0;
    for (const [key, value] of [...this.#answers].reverse()) {
      const own = key.length + (JSON.stringify(value)?.length ?? 0);
      if (length + own > longest) continue;
      length += own;
      kept[key] = value;
    }
    return kept;
  }
}
