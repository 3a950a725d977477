// What a person may change about a run after it was made. Each change has an inverse, which is what undo sends.
import * as z from 'zod';
import { runStatus } from '../run';

const state = z.object({
  name: z.string().optional(),
  starred: z.boolean().optional(),
  archived: z.boolean().optional(),
  /** True moves the run to the trash, false takes it back. */
  deleted: z.boolean().optional(),
  /** How a run ended that nobody records, or that it goes on. */
  status: runStatus.optional(),
  /** By key; null removes the tag. */
  tags: z.record(z.string(), z.string().nullable()).optional(),
});
/** The part of a run that people change, or a part of that. */
export type ChangeableState = z.infer<typeof state>;

const change = state.extend({
  runId: z.string().min(1).max(256),
  /** How the run must stand for the change to be made: what others did meanwhile is not overwritten. */
  expected: state.optional(),
});

/** A name may have so many characters. */
export const longestRunName = 250;
/** So many runs may be changed in one step. */
export const mostChanges = 500;

/** Changes of several runs, made all together or not at all. */
export const runChanges = z.array(change).min(1).max(mostChanges);
export type RunChange = z.infer<typeof change>;
