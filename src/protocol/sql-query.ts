// What `slipway sql` and the process that runs its statement tell each other, one JSON value a line.
import * as z from 'zod';

/** The one line a statement's process is sent: which database, what to ask, and where to stop. */
export const sqlRequest = z.object({
  database: z.string(),
  statement: z.string(),
  /** At most so many rows, and so many characters of JSON in all. */
  rows: z.number().int(),
  characters: z.number().int(),
  /** At most so many bytes of memory while it works. */
  memory: z.number().int(),
});
export type SqlRequest = z.infer<typeof sqlRequest>;

/** A cell: not finite numbers as in `WireNumber`, integers beyond 2^53 as their digits, blobs as hexadecimal digits. */
export const sqlCell = z.union([z.number(), z.string(), z.null()]);
export type SqlCell = z.infer<typeof sqlCell>;

/** The lines it answers: columns, then rows, then how it ended; `full` names the limit that was reached. */
export const sqlLine = z.union([
  z.object({ columns: z.array(z.string()) }),
  z.object({ rows: z.array(z.array(sqlCell)) }),
  z.object({ full: z.enum(['rows', 'characters']).nullable() }),
  z.object({ error: z.string() }),
]);
export type SqlLine = z.infer<typeof sqlLine>;
