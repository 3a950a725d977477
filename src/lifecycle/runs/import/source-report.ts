// What of a store was not taken: what is broken in it, by file and place, and what is left out by design.
import type { NamedReason } from '../../../protocol/jobs/job';

/** So many places are named; beyond them they are counted. */
const mostNamed = 1000;
const mostInFile = 5;

/** Collects while a store is read. */
export class SourceReport {
  readonly #problems: NamedReason[] = [];
  readonly #ofFile = new Map<string, number>();
  readonly #left = new Map<string, { why: string; count: number }>();

  /** Something broken: `at` is a byte offset or a row, as words (`byte 1234`); '' for all of the file. */
  problem(file: string, at: string, why: string): void {
    const count = (this.#ofFile.get(file) ?? 0) + 1;
    this.#ofFile.set(file, count);
    if (count <= mostInFile && this.#problems.length < mostNamed) {
      this.#problems.push({ name: at === '' ? file : `${file}, ${at}`, why });
    }
  }

  /** Something that is never taken, `count` of it. */
  leave(name: string, why: string, count = 1): void {
    if (count === 0) return;
    const known = this.#left.get(name);
    if (known === undefined) this.#left.set(name, { why, count });
    else known.count += count;
  }

  /** What is broken; of a file with very many broken places the first, and how many there are. */
  get problems(): NamedReason[] {
    const more = [...this.#ofFile].filter(([, count]) => count > mostInFile);
    return [
      ...this.#problems,
      ...more.slice(0, mostNamed).map(([file, count]) => ({ name: file, why: `${count} such places in all` })),
    ];
  }

  /** What was left out by design, each kind once. */
  get leftOut(): NamedReason[] {
    return [...this.#left].map(([name, { why, count }]) => ({ name: count === 1 ? name : `${count} × ${name}`, why }));
  }
}
