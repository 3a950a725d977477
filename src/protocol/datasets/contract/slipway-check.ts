// Our own checks, which the standard has no metric for: `type: custom, engine: slipway, implementation: { NAME: … }`.
import * as z from 'zod';

/** The engine's name in a contract. */
export const slipwayEngine = 'slipway';

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const values = z.array(scalar).min(1);
const column = z.string().min(1);
const mostly = z
  .number()
  .min(0)
  .max(1)
  .describe('The share of rows that must be good; 1 when it is missing.')
  .optional();
const bound = z.union([z.number(), z.string().min(1)]);
const ends = {
  min: bound.describe('The smallest that is allowed.').optional(),
  max: bound.describe('The largest that is allowed.').optional(),
  strictMin: z.boolean().describe('true: min itself is not allowed.').optional(),
  strictMax: z.boolean().describe('true: max itself is not allowed.').optional(),
};
const numberEnds = {
  min: z.number().describe('The smallest that is allowed.').optional(),
  max: z.number().describe('The largest that is allowed.').optional(),
};
const oneEnd = 'say min, max or both';
const hasEnd = ({ min, max }: { min?: unknown; max?: unknown }): boolean => min !== undefined || max !== undefined;
const interval = (about: string) => z.strictObject(ends).refine(hasEnd, oneEnd).describe(about).optional();
const numbers = (about: string) => z.strictObject(numberEnds).refine(hasEnd, oneEnd).describe(about).optional();
/** Another table: a dataset of slipway.yaml, or a file by its path from the contract. */
const other = { dataset: z.string().min(1).optional(), file: z.string().min(1).optional() };
const isOneTable = ({ dataset, file }: { dataset?: unknown; file?: unknown }): boolean =>
  (dataset === undefined) !== (file === undefined);
const oneTable = 'say the other table with exactly one of dataset and file';

/** Checks of one column. */
const columnChecks = {
  empty: z.strictObject({ mostly }).describe('Every value is null.').optional(),
  in: z.strictObject({ values, mostly }).describe('Every value is one of these.').optional(),
  notIn: z.strictObject({ values, mostly }).describe('No value is one of these.').optional(),
  range: z
    .strictObject({ ...ends, mostly })
    .refine(hasEnd, oneEnd)
    .describe('Every value lies between.')
    .optional(),
  length: z
    .strictObject({ ...numberEnds, mostly })
    .refine(hasEnd, oneEnd)
    .describe('Every text has so many characters.')
    .optional(),
  matches: z
    .strictObject({ pattern: z.string().min(1), mostly })
    .describe('Every text matches the regular expression (ECMA-262).')
    .optional(),
  notMatches: z
    .strictObject({ pattern: z.string().min(1), mostly })
    .describe('No text matches the regular expression (ECMA-262).')
    .optional(),
  type: z
    .strictObject({
      is: z.enum(['string', 'date', 'timestamp', 'time', 'number', 'integer', 'boolean', 'object', 'array']),
      mostly,
    })
    .describe('Every value is of the type, or can be read as it.')
    .optional(),
  format: z
    .strictObject({
      strptime: z.string().min(1).describe('As %Y-%m-%d says.').optional(),
      is: z.enum(['json', 'datetime']).describe('json, or a date or time in ISO 8601.').optional(),
      mostly,
    })
    .refine(({ strptime, is }) => (strptime === undefined) !== (is === undefined), 'say exactly one of strptime and is')
    .describe('Every text can be read like this.')
    .optional(),
  unique: z.strictObject({ mostly }).describe('No value twice.').optional(),
  notNull: z.strictObject({ mostly }).describe('No nulls.').optional(),
  distinctCount: numbers('How many different values there are.'),
  distinctShare: numbers('Different values per value, 0 to 1.'),
  distinctValues: z
    .strictObject({ equal: values.optional(), contain: values.optional(), within: values.optional() })
    .refine((given) => Object.values(given).filter((each) => each !== undefined).length === 1, {
      message: 'say exactly one of equal, contain and within',
    })
    .describe('The different values are these (equal), at least these (contain), or at most these (within).')
    .optional(),
  mean: numbers('The mean lies between.'),
  median: numbers('The median lies between.'),
  stddev: numbers('The standard deviation (n − 1) lies between.'),
  sum: numbers('The sum lies between.'),
  minimum: interval('The smallest value lies between.'),
  maximum: interval('The largest value lies between.'),
  quantile: z
    .strictObject({ q: z.number().min(0).max(1).describe('Which quantile: 0.95 for 95 %.'), ...numberEnds })
    .refine(hasEnd, oneEnd)
    .describe('A quantile lies between.')
    .optional(),
  mostCommon: z.strictObject({ in: values }).describe('The most frequent value is one of these.').optional(),
  share: z
    .strictObject({ value: scalar, ...numberEnds })
    .refine(hasEnd, oneEnd)
    .describe('The share of one value, 0 to 1: the balance of classes.')
    .optional(),
  increasing: z
    .strictObject({ strictly: z.boolean().optional(), mostly })
    .describe('No value is below the one before it.')
    .optional(),
  decreasing: z
    .strictObject({ strictly: z.boolean().optional(), mostly })
    .describe('No value is above the one before it.')
    .optional(),
  outliers: z
    .strictObject({
      method: z.enum(['iqr', 'sigma']).describe('iqr: beyond the quartiles · sigma: beyond the mean').optional(),
      factor: z
        .number()
        .positive()
        .describe('How many of them; 1.5 of iqr and 3 of sigma when it is missing.')
        .optional(),
      mostly,
    })
    .describe('No value is far outside.')
    .optional(),
  freshness: z
    .strictObject({
      within: z
        .string()
        .regex(/^\d+(\.\d+)?\s?(minutes?|min|m|hours?|h|days?|d|weeks?|w)$/, 'say it like 24 h, 30 min or 7 days'),
    })
    .describe('The newest time is not older than this.')
    .optional(),
  foreignKey: z
    .strictObject({
      ...other,
      column: column.describe('The column there; of the same name when missing.').optional(),
      mostly,
    })
    .refine(isOneTable, oneTable)
    .describe('Every value exists in a column of another table.')
    .optional(),
  drift: z
    .strictObject({
      method: z.enum(['psi', 'jensenshannon', 'wasserstein', 'hellinger']).describe('How it is measured.').optional(),
      ...other,
      max: z.number().min(0).describe('How far it may have moved.'),
    })
    .refine(isOneTable, oneTable)
    .describe('The column has not moved far from another table.')
    .optional(),
  change: z
    .strictObject({
      of: z.enum(['nulls', 'mean', 'stddev']).describe('What is compared.'),
      ...other,
      max: z
        .number()
        .min(0)
        .describe('By how much of its own it may differ: 0.1 is a tenth. Of nulls: a share of rows.'),
    })
    .refine(isOneTable, oneTable)
    .describe('A number of the column has not changed much from another table.')
    .optional(),
};

/** Checks of a whole table. */
const tableChecks = {
  columns: z
    .strictObject({
      names: z.array(column).min(1).describe('The columns.'),
      inOrder: z.boolean().describe('true: in this order.').optional(),
      others: z.boolean().describe('true: there may be more.').optional(),
    })
    .describe('The table has these columns.')
    .optional(),
  rowsAgainst: z
    .strictObject({ ...other, ...numberEnds })
    .refine(isOneTable, oneTable)
    .describe('Rows per row of another table; exactly as many when neither min nor max is said.')
    .optional(),
  pair: z
    .strictObject({
      left: column,
      operator: z.enum(['=', '!=', '<', '<=', '>', '>=']),
      right: column,
      mostly,
    })
    .describe('One column compares with another, row by row.')
    .optional(),
  rowSum: z
    .strictObject({ columns: z.array(column).min(1), ...numberEnds, mostly })
    .refine(hasEnd, oneEnd)
    .describe('The sum of some columns lies between, row by row.')
    .optional(),
  uniqueTogether: z
    .strictObject({ columns: z.array(column).min(1), mostly })
    .describe('No combination of these columns twice.')
    .optional(),
  condition: z
    .strictObject({ sql: z.string().min(1).describe('A condition over the columns, in SQL.'), mostly })
    .describe('Every row meets a condition; one that cannot be told, for a null, does not count.')
    .optional(),
  failedRows: z
    .strictObject({ query: z.string().min(1).describe('One SELECT that returns the bad rows; {object} is the table.') })
    .describe('The query returns no row.')
    .optional(),
  overlap: z
    .strictObject({
      ...other,
      columns: z.array(column).min(1).describe('What makes two rows the same; all columns when missing.').optional(),
      max: z.number().int().min(0).describe('How many rows may be in both; 0 when missing.').optional(),
    })
    .refine(isOneTable, oneTable)
    .describe('No row is in another table too, such as the training data.')
    .optional(),
};

/** What stands in `implementation`: exactly one check. */
export const slipwayCheck = z.strictObject({ ...columnChecks, ...tableChecks });
export type SlipwayCheck = z.output<typeof slipwayCheck>;
export type SlipwayCheckName = keyof SlipwayCheck;

/** Whether a check of this name is about one column; it then stands under a property. */
export function isColumnCheck(name: SlipwayCheckName): boolean {
  return name in columnChecks;
}
