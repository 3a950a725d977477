import type { Threshold } from './threshold';
/** From where to where in a text; lines and columns count from 1, the end is the first character after. */
export interface Place {
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
}
/** What is wrong with a contract, and where. */
export interface ContractProblem {
  place: Place;
  message: string;
}
/** As VS Code grades what it underlines. Only a failing `error` fails the table. */
export type CheckSeverity = 'info' | 'warning' | 'error';
/** Values as they stand in YAML. */
export type Scalar = string | number | boolean | null;
/** Two ends, either of which may be missing or left out of what is allowed. Dates and times are texts. */
export interface Interval {
  min: number | string | null;
  max: number | string | null;
  strictMin: boolean;
  strictMax: boolean;
}
/** Another table: a dataset by its name, or a file by its path from the contract. */
export type OtherTable =
  | {
      dataset: string;
    }
  | {
      file: string;
    };
export type LogicalType =
  | 'string'
  | 'date'
  | 'timestamp'
  | 'time'
  | 'number'
  | 'integer'
  | 'object'
  | 'array'
  | 'boolean';
/** Tests of single rows: a row is good or bad, and a null is neither unless nulls are what the test is about. */
export type RowTest =
  | {
      kind: 'nulls';
    }
  | {
      kind: 'missing';
      values: Scalar[];
    }
  | {
      kind: 'empty';
    }
  | {
      kind: 'in set';
      values: Scalar[];
    }
  | {
      kind: 'not in set';
      values: Scalar[];
    }
  | {
      kind: 'range';
      range: Interval;
    }
  | {
      kind: 'multiple';
      of: number;
    }
  | {
      kind: 'pattern';
      pattern: string;
      matches: boolean;
    }
  | {
      kind: 'length';
      range: Interval;
    }
  | {
      kind: 'type';
      type: LogicalType;
    }
  | {
      kind: 'format';
      format:
        | {
            strptime: string;
          }
        | 'json'
        | 'datetime';
    }
  | {
      kind: 'duplicates';
    }
  | {
      kind: 'order';
      direction: 'increasing' | 'decreasing';
      strictly: boolean;
    }
  | {
      kind: 'outliers';
      method: 'iqr' | 'sigma';
      factor: number;
    }
  | {
      kind: 'pair';
      operator: '=' | '!=' | '<' | '<=' | '>' | '>=';
    }
  | {
      kind: 'row sum';
      range: Interval;
    }
  | {
      kind: 'condition';
      sql: string;
    }
  | {
      kind: 'foreign key';
      table: OtherTable;
      keys: string[];
    }
  | {
      kind: 'overlap';
      table: OtherTable;
    };
/** Tests that yield one number of the whole table or column. */
export type NumberTest =
  | {
      kind: 'rows';
    }
  | {
      kind: 'distinct count';
    }
  | {
      kind: 'distinct share';
    }
  | {
      kind: 'mean' | 'median' | 'standard deviation' | 'sum';
    }
  | {
      kind: 'quantile';
      share: number;
    }
  | {
      kind: 'share of value';
      value: Scalar;
    }
  | {
      kind: 'age';
    }
  | {
      kind: 'query';
      sql: string;
    }
  | {
      kind: 'failed rows';
      sql: string;
    }
  | {
      kind: 'rows against';
      table: OtherTable;
    }
  | {
      kind: 'change';
      of: 'nulls' | 'mean' | 'standard deviation';
      reference: OtherTable;
    }
  | {
      kind: 'drift';
      method: 'psi' | 'jensenshannon' | 'wasserstein' | 'hellinger';
      reference: OtherTable;
    };
/** Tests that yield yes or no. */
export type WholeTest =
  | {
      kind: 'column';
    }
  | {
      kind: 'column set';
      names: string[];
      inOrder: boolean;
      others: boolean;
    }
  | {
      kind: 'distinct set';
      values: Scalar[];
      relation: 'equal' | 'contain' | 'within';
    }
  | {
      kind: 'most common';
      values: Scalar[];
    }
  | {
      kind: 'extreme';
      of: 'minimum' | 'maximum';
      range: Interval;
    }
  /** What a person or another tool must check. */
  | {
      kind: 'words';
      text: string;
    };
export type CheckTest = RowTest | NumberTest | WholeTest;
/** One check of a contract. */
export interface ContractCheck {
  id: string;
  title: string;
  columns: string[];
  severity: CheckSeverity;
  test: CheckTest;
  /** Of row tests the share or number of bad rows, else the number itself; null for tests that say yes or no. */
  threshold: Threshold | null;
  description: string | null;
  /** Where its words begin in the file, as keys and positions from the top, and as a place on one line. */
  path: (string | number)[];
  place: Place;
}
/** A table of a contract. */
export interface ContractTable {
  name: string;
  /** Its file by the path that the contract names, if it does. */
  physicalName: string | null;
  /** The columns it declares. */
  columns: {
    name: string;
    place: Place;
  }[];
  /** Where its name stands. */
  place: Place;
  checks: ContractCheck[];
}
/** A contract, or what is wrong with it: with problems it has no table. */
export interface ReadContract {
  id: string | null;
  version: string | null;
  tables: ContractTable[];
  problems: ContractProblem[];
}
