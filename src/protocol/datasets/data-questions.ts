// Every question that the data process answers, by name. A noun keeps its own questions beside it.
import type { Hearing } from '../conversation/conversation';
import type { ContractQuestions } from './contract/check-questions';
import type { DriftQuestions } from './drift';
import type { FactsQuestions } from './table/column-facts';
import type { DiffQuestions } from './table/diff';
import type { GridQuestions } from './table/grid';
import type { ProfileQuestions } from './table/profile';
import type { TableShape } from './table-shape';
import type { TableSource } from './table-source';

/** Columns and number of rows. */
interface ShapeQuestions {
  shape: { input: { source: TableSource }; answer: TableShape; partial: never };
}

/** `partial` is what a question tells before it has its whole answer. */
export type DataQuestions = ShapeQuestions &
  ContractQuestions &
  DriftQuestions &
  ProfileQuestions &
  FactsQuestions &
  GridQuestions &
  DiffQuestions;
export type DataQuestion = keyof DataQuestions;
export type DataInput<Q extends DataQuestion> = DataQuestions[Q]['input'];
export type DataAnswer<Q extends DataQuestion> = DataQuestions[Q]['answer'];
export type DataPartial<Q extends DataQuestion> = DataQuestions[Q]['partial'];

/** What whoever asks may want to hear before the answer, and how it takes the question back. */
export type Listening<Q extends DataQuestion> = Hearing<DataPartial<Q>>;
