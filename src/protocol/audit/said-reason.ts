// Why somebody decides against what is advised: it is kept, so it has to say something.
import * as z from 'zod';
import { saysSomething } from '../../base/visible-text';

/** A reason or comment that must be given, of at most so many characters. */
export function saidReason(most: number): z.ZodType<string, string> {
  return z.string().trim().max(most).refine(saysSomething, 'say why');
}
