// The oracle that holds Slipway's answers against MLflow's finds what differs, and takes ids and times for what they are.
import { describe, expect, it } from 'vitest';
import { hasNoOrder } from '../mlflow/oracle/allowed-differences';
import { Correspondence, type Json } from '../mlflow/oracle/correspondence';
import { differences } from '../mlflow/oracle/difference';
import type { Answer } from '../mlflow/oracle/exchange';

const question = { method: 'GET', path: '/runs/get', headers: {}, body: Buffer.alloc(0) };
const [one, two, other] = ['1', '2', '3'].map((digit) => digit.repeat(32));

function answer(said: Json, asked: number): Answer {
  const body = Buffer.from(JSON.stringify(said));
  return { status: 200, type: 'application/json', headers: {}, body, asked, answered: asked + 9 };
}

/** What differs in the last of some pairs of answers, the first of which were asked at 1000 and 1010, and so on. */
function found(...pairs: [mlflow: Json, slipway: Json][]): string[] {
  const known = new Correspondence(0);
  const exchanges = pairs.map(([mlflow, slipway], i) => {
    const answers = { mlflow: answer(mlflow, later + i * 100), slipway: answer(slipway, later + i * 100 + 50) };
    known.learn(mlflow, slipway, answers);
    return { number: i, question, ...answers };
  });
  const last = exchanges.at(-1);
  return last === undefined ? [] : differences(last, known, hasNoOrder).map(({ field }) => field);
}

const later = Date.now() + 1e6;

describe('the oracle', () => {
  it('takes an id for its counterpart, wherever it stands', () => {
    const uri = (id: string | undefined): string => `mlflow-artifacts:/0/${id}/artifacts`;
    expect(found([{ id: one ?? '' }, { id: other ?? '' }], [{ uri: uri(one) }, { uri: uri(other) }])).toEqual([]);
  });

  it('finds a reference to another id than the one it was', () => {
    const pair: [Json, Json] = [{ id: one ?? '' }, { id: other ?? '' }];
    expect(found(pair, [{ id: one ?? '' }, { id: two ?? '' }])).toEqual(['body.id']);
    expect(found(pair, [{ id: two ?? '' }, { id: other ?? '' }])).toEqual(['body.id']);
  });

  it('takes times of one request for the same, and finds those of two', () => {
    const made = (mlflow: number, slipway: number): string[] =>
      found([{}, {}], [{ creation_time: later + mlflow }, { creation_time: later + slipway }]);
    expect(made(103, 158)).toEqual([]);
    expect(made(3, 58)).toEqual([]);
    expect(made(103, 58)).toEqual(['body.creation_time']);
    expect(found([{ start_time: later + 200 }, { start_time: later + 201 }])).toEqual(['body.start_time']);
    expect(found([{ value: later + 1 }, { value: later + 51 }])).toEqual(['body.value']);
  });

  it('finds what one of them lacks, another order, and whole numbers that differ beyond a double', () => {
    expect(found([{ a: [] }, {}])).toEqual(['body.a']);
    expect(found([{ runs: ['a', 'b'] }, { runs: ['b', 'a'] }])).toEqual(['body.runs.0', 'body.runs.1']);
    expect(found([{ tags: ['a', 'b'] }, { tags: ['b', 'a'] }])).toEqual([]);
    const big = (digits: string): Answer => ({ ...answer({}, later), body: Buffer.from(`{"step":${digits}}`) });
    const exchange = { number: 0, question, mlflow: big('9007199254740993'), slipway: big('9007199254740992') };
    expect(differences(exchange, new Correspondence(0), hasNoOrder)).toMatchObject([{ field: 'body.step' }]);
  });
});
