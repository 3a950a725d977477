// The Open Data Contract Standard v3, as far as a file of it is read. Strict: a key that nobody knows is a mistake.
import * as z from 'zod';
import { slipwayEngine } from './slipway-check';
import type { thresholdOperators } from './threshold';

const text = (about: string) => z.string().describe(about);
const words = (about: string) => z.string().min(1).describe(about);
const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const tags = z.array(z.string()).describe('Words to find it by.').optional();
const customProperties = z
  .array(
    z.strictObject({
      id: z.string().optional(),
      property: z.string(),
      value: z.unknown(),
      description: z.string().optional(),
    }),
  )
  .describe('Whatever the standard has no key for.')
  .optional();
const authoritativeDefinitions = z
  .array(
    z.strictObject({
      id: z.string().optional(),
      url: z.string(),
      type: z.string(),
      description: z.string().optional(),
    }),
  )
  .describe('Where more is written about it.')
  .optional();
/** What the standard describes and no check needs is taken as it is. */
const anything = (about: string) => z.unknown().describe(about).optional();

const number = (about: string) => z.number().describe(about).optional();
const pair = (about: string) => z.tuple([z.number(), z.number()]).describe(about).optional();
const operators = {
  mustBe: scalar.describe('The number must be exactly this.').optional(),
  mustNotBe: scalar.describe('The number must not be this.').optional(),
  mustBeGreaterThan: number('The number must be above this.'),
  mustBeGreaterOrEqualTo: number('The number must be this or above.'),
  mustBeLessThan: number('The number must be below this.'),
  mustBeLessOrEqualTo: number('The number must be this or below.'),
  mustBeBetween: pair('The number must be between these two, or one of them: both ends count.'),
  mustNotBeBetween: pair('The number must lie outside these two; the ends count as inside.'),
} satisfies Record<(typeof thresholdOperators)[number], z.ZodType>;

/** Metrics of the standard's library, in its order. */
export const libraryMetrics = ['nullValues', 'missingValues', 'invalidValues', 'duplicateValues', 'rowCount'] as const;

const metricArguments = z
  .strictObject({
    missingValues: z.array(scalar).describe('missingValues: what counts as missing; null is a null.').optional(),
    validValues: z.array(scalar).describe('invalidValues: the values that are valid.').optional(),
    pattern: z.string().describe('invalidValues: a regular expression (ECMA-262) that valid values match.').optional(),
    properties: z.array(z.string()).min(1).describe('duplicateValues: the columns that make a key.').optional(),
    mostly: z
      .number()
      .min(0)
      .max(1)
      .describe('The share of rows that must be good, in place of an operator: 0.95 allows 5 % bad ones.')
      .optional(),
  })
  .describe('What the metric needs to know.');

/** One check of `quality`. Which keys go together is judged where it is read, so that each mistake has its own place. */
export const qualityItem = z.strictObject({
  id: text('Names this check in results; made from metric and column when it is missing.').optional(),
  name: words('A short name, shown in place of the metric.').optional(),
  description: text('What it is for, in words.').optional(),
  type: z
    .enum(['library', 'sql', 'custom', 'text'])
    .describe('library: a metric · sql: a query · custom: by an engine · text: words for people')
    .optional(),
  metric: z
    .enum(libraryMetrics)
    .describe('nullValues, missingValues, invalidValues, duplicateValues of a column; rowCount of a table')
    .optional(),
  rule: z.enum(libraryMetrics).describe('The old name of metric.').optional(),
  arguments: metricArguments.optional(),
  ...operators,
  unit: z.enum(['rows', 'percent']).describe('What the metric counts: rows (usual) or percent of them.').optional(),
  query: words('One SELECT that returns one number. {object} is the table, {property} the column.').optional(),
  engine: words(`Who runs a custom check; ${slipwayEngine} is this program.`).optional(),
  implementation: z
    .union([z.string(), z.record(z.string(), z.unknown())])
    .describe('The check in the words of its engine.')
    .optional(),
  severity: z
    .enum(['info', 'warning', 'error'])
    .describe('error (usual): the table fails · warning: it passes with a warning · info: it is only said')
    .optional(),
  dimension: z
    .enum(['accuracy', 'completeness', 'conformity', 'consistency', 'coverage', 'timeliness', 'uniqueness'])
    .describe('Which side of quality it is about.')
    .optional(),
  method: text('How it is reconciled.').optional(),
  businessImpact: text('What happens when it fails.').optional(),
  schedule: text('Not used here.').optional(),
  scheduler: text('Not used here.').optional(),
  tags,
  customProperties,
  authoritativeDefinitions,
});
export type QualityItem = z.output<typeof qualityItem>;

const columnPaths = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);
const relationship = z.strictObject({
  id: z.string().optional(),
  type: z.enum(['foreignKey']).describe('Values of the column must exist in another table.').optional(),
  from: columnPaths.describe('TABLE.COLUMN, or a list of them; of a column it is the column itself.').optional(),
  to: columnPaths.describe('TABLE.COLUMN, or a list: another table of this contract, or a dataset by its name.'),
  description: z.string().optional(),
  customProperties,
});

const bound = z.union([z.number(), z.string()]);
const typeOptions = z
  .strictObject({
    minimum: bound.describe('No value is below this.').optional(),
    maximum: bound.describe('No value is above this.').optional(),
    exclusiveMinimum: bound.describe('All values are above this.').optional(),
    exclusiveMaximum: bound.describe('All values are below this.').optional(),
    multipleOf: z.number().positive().describe('Every value is a multiple of this.').optional(),
    minLength: z.int().min(0).describe('No text is shorter.').optional(),
    maxLength: z.int().min(0).describe('No text is longer.').optional(),
    pattern: z.string().describe('A regular expression (ECMA-262) that every text matches.').optional(),
    format: z
      .string()
      .describe('string: email, uuid, uri, hostname, ipv4, ipv6 · date: yyyy-MM-dd · integer: i32, u8, …')
      .optional(),
    timezone: z.boolean().describe('Whether times carry a zone.').optional(),
    defaultTimezone: z.string().describe('The zone of times that carry none.').optional(),
    minItems: z.int().min(0).describe('Not checked here.').optional(),
    maxItems: z.int().min(0).describe('Not checked here.').optional(),
    uniqueItems: z.boolean().describe('Not checked here.').optional(),
    minProperties: z.int().min(0).describe('Not checked here.').optional(),
    maxProperties: z.int().min(0).describe('Not checked here.').optional(),
    required: z.array(z.string()).describe('Not checked here.').optional(),
  })
  .describe('What every value of the column keeps to.');

/** One column. */
export const contractProperty = z.strictObject({
  id: z.string().optional(),
  name: words('The name of the column.'),
  physicalName: words('The name of the column in the data, where it differs from name.').optional(),
  logicalType: z
    .enum(['string', 'date', 'timestamp', 'time', 'number', 'integer', 'object', 'array', 'boolean'])
    .describe('What the values are.')
    .optional(),
  logicalTypeOptions: typeOptions.optional(),
  physicalType: text('The type in the data source; not checked here.').optional(),
  required: z.boolean().describe('true: no nulls.').optional(),
  unique: z.boolean().describe('true: no value twice.').optional(),
  primaryKey: z.boolean().describe('true: part of the key, which has no nulls and is unique.').optional(),
  primaryKeyPosition: z.int().describe('The place in a key of several columns, from 1.').optional(),
  quality: z.array(qualityItem).describe('Checks of this column.').optional(),
  relationships: z.array(relationship).describe('Where its values must exist.').optional(),
  businessName: text('Its name for people.').optional(),
  description: text('What the column is.').optional(),
  examples: z.array(z.unknown()).describe('Some values.').optional(),
  classification: text('How confidential it is.').optional(),
  criticalDataElement: z.boolean().describe('Whether much depends on it.').optional(),
  partitioned: z.boolean().describe('Whether the data are split by it.').optional(),
  partitionKeyPosition: z.int().describe('The place among the columns that split the data.').optional(),
  encryptedName: text('The column that holds it encrypted.').optional(),
  transformSourceObjects: z.array(z.string()).describe('What it is made from.').optional(),
  transformLogic: text('How it is made.').optional(),
  transformDescription: text('How it is made, in words.').optional(),
  properties: anything('Parts of an object; not checked here.'),
  items: anything('Items of a list; not checked here.'),
  tags,
  customProperties,
  authoritativeDefinitions,
});
export type ContractProperty = z.output<typeof contractProperty>;

/** One table. */
export const contractObject = z.strictObject({
  id: z.string().optional(),
  name: words('The name of the table: the dataset, or the file without its ending.'),
  physicalName: words('Its file, by the path from this contract.').optional(),
  physicalType: text('table, view, topic, file').optional(),
  logicalType: z.enum(['object']).describe('A table is an object.').optional(),
  businessName: text('Its name for people.').optional(),
  description: text('What a row is.').optional(),
  dataGranularityDescription: text('What one row stands for.').optional(),
  properties: z.array(contractProperty).describe('The columns.').optional(),
  quality: z.array(qualityItem).describe('Checks of the table as a whole.').optional(),
  relationships: z.array(relationship).describe('Keys that must exist in other tables.').optional(),
  tags,
  customProperties,
  authoritativeDefinitions,
});
export type ContractObject = z.output<typeof contractObject>;

const serviceLevel = z.strictObject({
  id: z.string().optional(),
  property: words('freshness: how old the newest row may be. Others are for people.'),
  value: scalar.describe('How much.'),
  valueExt: scalar.describe('How much, second number.').optional(),
  unit: text('m, h, d, or y.').optional(),
  element: text('TABLE.COLUMN of the time.').optional(),
  driver: text('Why it matters.').optional(),
  description: text('What it says.').optional(),
  schedule: text('Not used here.').optional(),
  scheduler: text('Not used here.').optional(),
  customProperties,
});

/** The whole file. */
export const odcsFile = z.strictObject({
  apiVersion: z
    .string()
    .regex(/^v3\.\d+\.\d+$/, 'this program reads version 3 of the standard, such as v3.1.0')
    .describe('The version of the standard: v3.1.0'),
  kind: z.literal('DataContract').describe('Always DataContract.'),
  id: words('Names this contract for ever.'),
  version: words('The version of this contract, such as 1.0.0.'),
  status: words('proposed, draft, active, deprecated or retired'),
  name: text('Its name for people.').optional(),
  domain: text('The domain it belongs to.').optional(),
  dataProduct: text('The product it belongs to.').optional(),
  tenant: text('Who it belongs to.').optional(),
  description: z
    .strictObject({
      purpose: z.string().optional(),
      usage: z.string().optional(),
      limitations: z.string().optional(),
      customProperties,
      authoritativeDefinitions,
    })
    .describe('What the data are for.')
    .optional(),
  schema: z.array(contractObject).describe('The tables.').optional(),
  slaProperties: z.array(serviceLevel).describe('Freshness, and promises for people.').optional(),
  slaDefaultElement: text('TABLE.COLUMN that slaProperties are about unless they say so.').optional(),
  servers: anything('Where the data are; not used here.'),
  team: anything('Who makes them; not used here.'),
  roles: anything('Who may read them; not used here.'),
  support: anything('Whom to ask; not used here.'),
  price: anything('What they cost; not used here.'),
  contractCreatedTs: anything('When the contract was made.'),
  tags,
  customProperties,
  authoritativeDefinitions,
});
export type OdcsFile = z.output<typeof odcsFile>;
