// What a pickle would do, followed without doing it: opcodes move names and shapes on a stack, nothing is imported or called.
// Opcodes: pickletools of CPython 3.14. Arrays that joblib writes between them: joblib's numpy_pickle.
import { MalformedBytes } from '../wire/wire-reader';
import type { PickleBytes } from './pickle-bytes';
import { pickleSteps } from './pickle-opcodes';
import { markValue, mostItems, otherValue, type PickleValue } from './pickle-value';

const mostSteps = 100_000_000;

/** One pickle. */
export class PickleMachine {
  readonly #bytes: PickleBytes;
  readonly #onGlobal: (name: string) => void;
  readonly #memo = new Map<number, PickleValue>();
  #stack: PickleValue[] = [];
  #hasStopped = false;
  #steps = 0;
  protocol = 0;

  /** `onGlobal` hears each name that loading would import. */
  constructor(bytes: PickleBytes, onGlobal: (name: string) => void) {
    this.#bytes = bytes;
    this.#onGlobal = onGlobal;
  }

  /** Follows it to its end. Throws MalformedBytes where it is none. */
  run(): void {
    while (!this.#hasStopped) {
      const at = this.#bytes.at;
      const step = pickleSteps[this.#bytes.number(1)];
      if (step === undefined) throw new MalformedBytes('there is no such opcode', at);
      step(this, this.#bytes);
      this.#steps += 1;
      if (this.#steps > mostSteps) throw new MalformedBytes('it has more than 100 million opcodes', at);
    }
  }

  stop(): void {
    this.#hasStopped = true;
  }

  push(value: PickleValue): void {
    this.#stack.push(value);
  }

  pop(): PickleValue {
    const value = this.#stack.pop();
    if (value === undefined) throw new MalformedBytes('an opcode finds nothing to work on', this.#bytes.at);
    return value;
  }

  top(): PickleValue {
    return this.#stack.at(-1) ?? otherValue;
  }

  /** What lies above the last mark, which is taken too. */
  popToMark(): PickleValue[] {
    const from = this.#stack.lastIndexOf(markValue);
    if (from === -1) throw new MalformedBytes('an opcode finds no mark', this.#bytes.at);
    const items = this.#stack.slice(from + 1);
    this.#stack.length = from;
    return items;
  }

  put(place: number): void {
    this.#memo.set(place, this.top());
  }

  memoize(): void {
    this.put(this.#memo.size);
  }

  get(place: number): void {
    this.push(this.#memo.get(place) ?? otherValue);
  }

  global(name: string): void {
    this.#onGlobal(name);
    this.push({ kind: 'global', name });
  }

  /** An object by a call: `callable` below its arguments. */
  call(extra: number): void {
    const given = Array.from({ length: extra }, () => this.pop()).at(-1) ?? otherValue;
    const callable = this.pop();
    const items = given.kind === 'tuple' ? given.items : [];
    // Older protocols make objects by copyreg._reconstructor(class, …).
    const made = callable.kind === 'global' && /\b_reconstructor$/.test(callable.name) ? items[0] : callable;
    this.push(made?.kind === 'global' ? { kind: 'object', made: made.name, from: items } : otherValue);
  }

  /** The state of an object. Behind an array of joblib's stand its bytes. */
  build(): void {
    const state = this.pop();
    const object = this.top();
    if (object.kind === 'object' && /\bNumpyArrayWrapper$/.test(object.made) && state.kind === 'dict')
      this.#array(state.entries);
  }

  entries(items: PickleValue[]): void {
    const dict = this.top();
    if (dict.kind !== 'dict') return;
    for (let index = 0; index + 1 < items.length; index += 2) {
      const [key, value] = [items[index], items[index + 1]];
      if (key?.kind === 'text' && value !== undefined && dict.entries.size < mostItems)
        dict.entries.set(key.text, value);
    }
  }

  #array(entries: ReadonlyMap<string, PickleValue>): void {
    const [shape, type] = [entries.get('shape'), entries.get('dtype')];
    const name = type?.kind === 'object' && type.from[0]?.kind === 'text' ? type.from[0].text : '';
    const size = /^[biufcVSU](\d+)$/.exec(name);
    if (name.startsWith('O')) {
      new PickleMachine(this.#bytes, this.#onGlobal).run();
      return;
    }
    if (shape?.kind !== 'tuple' || size === null)
      throw new MalformedBytes('an array of joblib’s has no size', this.#bytes.at);
    const count = shape.items.reduce((product, each) => product * (each.kind === 'number' ? each.value : 0), 1);
    if (entries.get('numpy_array_alignment_bytes')?.kind === 'number') this.#bytes.skip(this.#bytes.number(1));
    this.#bytes.skip(count * Number(size[1]) * (name.startsWith('U') ? 4 : 1));
  }
}
