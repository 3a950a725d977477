// Why a question to the engine has no whole answer: nobody took it, or who took it was gone before the end.
import { messageOf } from '../../base/errors';

/** No answer began. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';

  constructor(cause: unknown) {
    super(messageOf(cause), { cause });
  }
}

/** The answer ended before its end. */
export class AnswerCutOff extends Error {
  override readonly name = 'AnswerCutOff';

  constructor(cause: unknown) {
    super(messageOf(cause), { cause });
  }
}
