// Which of MLflow's ids and times is which of Slipway's. Ids are learned where both servers give one for the first time;
// from then on a reference to it has to be the same reference on both sides.
import type { Answer } from './exchange';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

// A byte of an address that is written out, so that no id begins in the middle of it; an assessment or a logged model, a
// run, and a name that a server made up. Bounded, as texts of a hundred thousand letters are looked at.
const identifier = /%[0-9A-F]{2}|[am]-[0-9a-f]{32}|[0-9a-f]{32}|\b[a-z]{2,20}-[a-z]{2,20}-\d{1,4}\b/g;
const isWholeIdentifier = new RegExp(`^(?:${identifier.source})$`);
const timeField = /(^|_)(time|timestamp)(_ms)?$/;

/** The pairs of ids, and the requests during which the servers made their times. */
export class Correspondence {
  readonly #slipwayOf = new Map<string, string>();
  readonly #mlflowOf = new Map<string, string>();
  readonly #windows: Record<'mlflow' | 'slipway', [from: number, to: number]>[];

  /** `begun`: epoch ms before either server was started; what they made until now is of one time. */
  constructor(begun: number) {
    const start: [number, number] = [begun, Date.now()];
    this.#windows = [{ mlflow: start, slipway: start }];
  }

  /** Takes in a pair of answers: their ids that are new on both sides, and when they were made. */
  learn(mlflow: Json, slipway: Json, answers: { mlflow: Answer; slipway: Answer }): void {
    this.#windows.push({
      mlflow: [answers.mlflow.asked, answers.mlflow.answered],
      slipway: [answers.slipway.asked, answers.slipway.answered],
    });
    this.#learnIds(mlflow, slipway);
  }

  #learnIds(mlflow: Json, slipway: Json): void {
    if (typeof mlflow === 'string' && typeof slipway === 'string') {
      if (!isWholeIdentifier.test(mlflow) || !isWholeIdentifier.test(slipway)) return;
      if (mlflow === slipway || this.#slipwayOf.has(mlflow) || this.#mlflowOf.has(slipway)) return;
      this.#slipwayOf.set(mlflow, slipway);
      this.#mlflowOf.set(slipway, mlflow);
    } else if (mlflow !== null && slipway !== null && typeof mlflow === 'object' && typeof slipway === 'object') {
      const other = slipway as Record<string, Json | undefined>;
      for (const [key, value] of Object.entries(mlflow)) this.#learnIds(value, other[key] ?? null);
    }
  }

  /** The same text with Slipway's ids in the place of MLflow's; both have the same length, but for generated names. */
  translate(text: string): string {
    return text.replace(identifier, (id) => this.#slipwayOf.get(id) ?? id);
  }

  /** Whether two numbers of a field are one time: made by the two servers during the same request. */
  isSameTime(field: string, mlflow: number, slipway: number): boolean {
    if (!timeField.test(field)) return false;
    const within = (time: number, [from, to]: [number, number]): boolean => time >= from && time <= to;
    return this.#windows.some((each) => within(mlflow, each.mlflow) && within(slipway, each.slipway));
  }
}
