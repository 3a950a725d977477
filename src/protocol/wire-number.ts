// What a number on the wire may be, for who takes it from outside; a page reads it without these.
import * as z from 'zod';

/** The numbers JSON cannot write. A literal and not an enum: the key `-Infinity` is lost in declaration files. */
export const nonFinite = z.literal(['NaN', 'Infinity', '-Infinity']);

/** A number on the wire: finite as itself, the three others as strings. */
export const wireNumber = z.union([z.number(), nonFinite]);
