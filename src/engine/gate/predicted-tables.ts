// What the models predict of the tables that the rules ask for, each model and table once.
import { basename, join } from 'node:path';
import { SlipwayError } from '../../base/errors';
import { type ConditionColumn, withConditions } from '../../lifecycle/datasets/scan/condition-columns';
import { canSlice, checkSlices } from '../../lifecycle/inference/batch/column-names';
import { wantedKind } from '../../lifecycle/runs/comparison/predictions/metric-choice';
import type { TableParts } from '../../protocol/inference/batch';
import type { ModelPool } from '../../protocol/inference/model-pool';
import type { JobProgress } from '../../protocol/jobs/job';
import type { GateRule } from '../../protocol/models/gate/gate-rule';
import type { GateGiven, GateModel, GateTable } from './given';
import { JudgedHoldout } from './judged-holdout';
import { modelColumns } from './model-columns';
import { ruleWords } from './rule-words';

/** How the work is followed and taken back. */
export interface GateTerms {
  signal: AbortSignal;
  /** Milliseconds that each model may take for each table, and for each rule that runs it. */
  deadline: number;
  progress(progress: JobProgress): void;
}

/** Predicts when first asked. */
export class PredictedTables {
  readonly #given: GateGiven;
  readonly #pool: ModelPool;
  readonly #terms: GateTerms;
  readonly #files = new Map<string, Promise<PredictedFile>>();
  readonly #holdouts = new Map<string, Promise<JudgedHoldout>>();
  readonly #parts = new Map<string, Promise<TableParts>>();
  /** Conditions, each of which becomes a column. */
  readonly #conditions: readonly string[];
  readonly #columns: readonly string[];

  constructor(given: GateGiven, pool: ModelPool, terms: GateTerms) {
    this.#given = given;
    this.#pool = pool;
    this.#terms = terms;
    this.#conditions = [...new Set(given.rules.flatMap((rule) => conditionOf(rule) ?? []))];
    this.#columns = [...new Set(given.rules.flatMap(columnsOf))];
  }

  /** Rows predicted of each table so far, by its name. */
  readonly rows = new Map<string, number>();

  /** The candidate alone, or beside another model, read as what `metric` is of. Throws SlipwayError with what does not fit. */
  async holdout(table: GateTable, other: GateModel | null, metric: string): Promise<JudgedHoldout> {
    if (table.label === null) {
      const sentence = `Which column of ${table.name} is true is not said: write label into its entry of datasets, or give --label.`;
      throw new SlipwayError('invalid', sentence);
    }
    const candidate = await this.file(table);
    const another = other === null ? null : await this.#predicted(other, table);
    const key = `${wantedKind([metric])} ${another?.path ?? ''} ${table.name}`;
    const known = this.#holdouts.get(key);
    if (known !== undefined) return known;
    const found = this.#read(table, { candidate, other: another }, metric);
    this.#holdouts.set(key, found);
    return found;
  }

  /** True for the candidate's bytes, given the same columns: one file can be two models, by what was logged beside it. */
  async isCandidate(other: GateModel, table: GateTable): Promise<boolean> {
    return (await this.#predicted(other, table)).path === (await this.file(table)).path;
  }

  /** Throws SlipwayError `invalid` where the table lacks a column that the rule names, or cannot tell where its condition holds. */
  async require(table: GateTable, rule: GateRule): Promise<void> {
    const { columns, faults } = await this.#partsOf(table);
    const some = `${columns.slice(0, 50).join(', ')}${columns.length > 50 ? ' and more' : ''}`;
    for (const name of columnsOf(rule)) {
      if (!columns.includes(name)) {
        throw new SlipwayError('invalid', `${table.name} has no column ${name.slice(0, 100)}. It has ${some}.`);
      }
      if (name === table.label || name === table.id) {
        const what = name === table.label ? 'what is true' : 'what names a row';
        throw new SlipwayError('invalid', `${name} is ${what} in ${table.name}: rows cannot be told apart by it here.`);
      }
      checkSlices([name]);
    }
    const condition = conditionOf(rule);
    const fault = condition === undefined ? null : faults[this.#conditions.indexOf(condition)];
    if (fault) throw new SlipwayError('invalid', `${condition}: ${fault} ${table.name} has ${some}.`);
  }

  /** The file of the candidate's predictions. */
  file(table: GateTable): Promise<PredictedFile> {
    return this.#predicted(this.#given.candidate, table);
  }

  /** The answer of `work` over these files. What it says of one is told of the model and the table; where no metric was told of it at all, why. */
  async explained<T>(work: Promise<T>, ...files: readonly PredictedFile[]): Promise<T> {
    try {
      return await work;
    } catch (error) {
      if (!SlipwayError.is(error)) throw error;
      const told = files.find(({ unjudged }) => unjudged !== null);
      const sentence = told === undefined ? error.message : `${told.whose}: ${told.unjudged}`;
      const named = files.reduce(
        (text, { path, whose }) => text.replaceAll(basename(path), whose),
        ruleWords(sentence),
      );
      throw new SlipwayError(error.code, named, { cause: error });
    }
  }

  /** The column that a condition became. */
  columnOf(condition: string): string {
    return `slipway_where_${this.#conditions.indexOf(condition)}`;
  }

  async #read(
    table: GateTable,
    files: { candidate: PredictedFile; other: PredictedFile | null },
    metric: string,
  ): Promise<JudgedHoldout> {
    this.#terms.signal.throwIfAborted();
    const { candidate, other } = files;
    const terms = { metrics: [metric], columns: (await this.#usable(table)).slices };
    return this.explained(JudgedHoldout.read(files, terms), ...(other === null ? [candidate] : [candidate, other]));
  }

  async #predicted(model: GateModel, table: GateTable): Promise<PredictedFile> {
    const { slices } = await this.#usable(table);
    const { columns } = await this.#partsOf(table);
    const features = modelColumns(model, table, { columns, slices });
    // By their bytes and what goes in: rules may have several words for one model.
    const key = `${model.sha256} ${JSON.stringify(features)} ${table.name}`;
    const known = this.#files.get(key);
    if (known !== undefined) return known;
    const found = this.#predict(model, table, features);
    this.#files.set(key, found);
    return found;
  }

  async #predict(model: GateModel, table: GateTable, features: string[] | null): Promise<PredictedFile> {
    const first = this.#files.size === 0;
    const output = join(this.#given.folder, first ? 'predictions.parquet' : `predictions-${this.#files.size}.parquet`);
    const { slices, conditions } = await this.#usable(table);
    const query = {
      path: model.path,
      source: withConditions(table.source, conditions),
      output,
      ...{ id: table.id, label: table.label, slices, features },
    };
    const { signal, deadline, progress } = this.#terms;
    const onProgress = (each: JobProgress): void =>
      progress({ ...each, what: `Predicting ${table.name} with ${model.name}` });
    const { rows, notes, judged } = await this.#pool.ask('batch', query, { deadline, signal, onProgress });
    this.rows.set(table.name, rows);
    for (const note of notes) if (!this.#given.notes.includes(note)) this.#given.notes.push(note);
    const unjudged = table.label === null || judged !== null ? null : (notes.at(-1) ?? null);
    return { path: output, name: basename(output), whose: `${model.name} on ${table.name}`, unjudged };
  }

  /** Of what all rules name, what the table has: what it lacks is the error of its own rule alone. */
  async #usable(table: GateTable): Promise<{ slices: string[]; conditions: ConditionColumn[] }> {
    const { columns, faults } = await this.#partsOf(table);
    const named = this.#columns.filter(
      (name) => columns.includes(name) && name !== table.label && name !== table.id && canSlice(name),
    );
    const conditions = this.#conditions
      .filter((_, at) => faults[at] === null)
      .map((condition) => ({ name: this.columnOf(condition), condition }));
    return { slices: [...named, ...conditions.map(({ name }) => name)], conditions };
  }

  #partsOf(table: GateTable): Promise<TableParts> {
    const known = this.#parts.get(table.name);
    if (known !== undefined) return known;
    const { signal, deadline } = this.#terms;
    const query = { path: this.#given.candidate.path, source: table.source, conditions: [...this.#conditions] };
    const found = this.#pool.ask('tableParts', query, { deadline, signal });
    this.#parts.set(table.name, found);
    return found;
  }
}

/** `whose`: of which model and table. `unjudged`: why no metric was told of them; null where some were, or none was asked for. */
interface PredictedFile {
  path: string;
  name: string;
  whose: string;
  unjudged: string | null;
}

function conditionOf(rule: GateRule): string | undefined {
  if (rule.kind === 'slice') return rule.where;
  return 'slice' in rule ? rule.slice?.where : undefined;
}

function columnsOf(rule: GateRule): string[] {
  if (rule.kind === 'slice') return rule.by ?? [];
  const cluster = 'cluster' in rule && rule.cluster !== undefined ? [rule.cluster] : [];
  return rule.kind === 'fairness' ? [rule.attribute] : cluster;
}
