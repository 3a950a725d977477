// A generator of random numbers that begins where it is told, so that a result can be had again.

/** Small Fast Counter (sfc32, by Doty-Humphrey): 128 bits of state, passes PractRand. Not for secrets. */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  /** The same `seed` (a whole number) gives the same numbers. */
  constructor(seed: number) {
    this.#a = seed | 0;
    this.#b = Math.floor(seed / 4294967296) | 0;
    this.#c = 0x9e3779b9;
    for (let step = 0; step < 15; step += 1) this.bits();
  }

  /** A number in [0, 1) with 32 random bits. */
  uniform(): number {
    return this.bits() / 4294967296;
  }

  /** A whole number in [0, count), for counts far below 2³². */
  below(count: number): number {
    return Math.floor((this.bits() / 4294967296) * count);
  }

  /** Puts the values in an order of which none is likelier (Fisher and Yates), in place. */
  shuffle<T extends Int32Array | Uint32Array | Uint8Array>(values: T): T {
    for (let place = values.length - 1; place > 0; place -= 1) {
      const other = this.below(place + 1);
      const held = values[place] as number;
      values[place] = values[other] as number;
      values[other] = held;
    }
    return values;
  }

  /** A standard normal number, by Box and Muller's formula. */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }

  /** 32 random bits as a whole number from 0 on. */
  bits(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum;
    this.#c |= 0;
    return sum >>> 0;
  }
}
