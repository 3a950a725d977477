// What a pickle would import when somebody loaded it. Slipway never does.

/** A name that loading would import: `module.name`. */
export interface PickleGlobal {
  name: string;
  /** `known`: of a library that models are made of; `unsafe`: it can run commands; else `unknown`. */
  judgement: 'known' | 'unknown' | 'unsafe';
}

/** What its opcodes say. */
export interface PickleScan {
  bytes: number;
  /** Of each pickle in the file, in order. */
  protocols: number[];
  globals: PickleGlobal[];
  /** Where the opcodes stopped making sense, in words; null when they were read to their end. */
  trouble: string | null;
}
