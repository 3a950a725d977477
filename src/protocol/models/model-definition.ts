// An entry of `models:` in slipway.yaml: what a model is judged on, by which rules, and who has to agree.
import * as z from 'zod';
import { longUnits } from '../../base/time-span';
import { gateRule } from './gate/gate-rule';
import { metricFault } from './gate/rule-metric';

/** As a registered model is named: no `/` and no `:`, which addresses of models hold. */
export const modelName = z
  .string()
  .min(1)
  .max(250)
  .regex(/^[^/:@\p{Cc}]+$/u, 'a name holds no / : or @')
  // JavaScript drops such a key of an object without a word.
  .refine((name) => name !== '__proto__', 'no model is called __proto__');

const person = z.string().min(3).max(320).describe('an address as git says it in user.email');

/** `expires`: so long an approval holds, as `30d`, `12h`. */
const approvals = z.strictObject({
  need: z.number().int().min(0).max(100).default(1).describe('how many people have to agree'),
  from: z.array(person).min(1).max(1000).optional().describe('who may; everybody where nothing is said'),
  not_author: z.boolean().default(true).describe('whoever registered a version cannot approve it'),
  expires: z
    .string()
    .regex(new RegExp(`^[1-9]\\d{0,4}\\s?(${longUnits})$`), 'say it like 30d, 12h, 2w')
    .optional()
    .describe('how long an approval holds'),
});

const mostColumns = 10_000;
const column = z.string().min(1).max(250);

/** One list of columns, or one for each number of columns that versions take. */
function listsOf(features: readonly (string | readonly string[])[]): string[][] {
  const lists = features.flatMap((each) => (typeof each === 'string' ? [] : [[...each]]));
  return lists.length > 0 ? lists : [features.filter((each) => typeof each === 'string')];
}

const data = z.strictObject({
  holdout: z
    .string()
    .min(1)
    .max(300)
    .describe('the data that versions are judged on: NAME@latest, NAME@label or NAME@hash-prefix of a dataset'),
  features: z
    .array(z.union([column, z.array(column).min(1).max(mostColumns)]))
    .min(1)
    .max(mostColumns)
    .refine((features) => new Set(features.map((each) => typeof each)).size === 1, {
      message: 'write columns, or lists of columns, and not both',
    })
    .refine((features) => new Set(listsOf(features).map(({ length }) => length)).size === listsOf(features).length, {
      message: 'two lists have as many columns, so a model cannot tell which of them is its own',
    })
    .optional()
    .describe(
      'the columns that go into the model, in its order, where their names do not tell; a list of lists where versions ' +
        'take more or fewer',
    ),
});

function definitionWith(rule: typeof gateRule) {
  return z
    .strictObject({
      data: data.optional().describe('what its versions are judged on'),
      approvals: approvals.optional().describe('who has to agree before a version moves'),
      protects: z
        .array(z.string().min(1).max(255))
        .max(100)
        .default(['champion', 'production'])
        .describe('aliases and stages that only a decision may move'),
      gates: z.array(rule).max(200).default([]).describe('the rules that a version has to pass'),
    })
    .superRefine(({ gates }, context) => {
      const known = new Set<string>();
      for (const [place, { id }] of gates.entries()) {
        if (known.has(id)) {
          context.addIssue({ code: 'custom', path: ['gates', place, 'id'], message: `another rule is called ${id}` });
        }
        known.add(id);
      }
    });
}

/** One model. */
export const modelDefinition = definitionWith(
  gateRule.superRefine((rule, context) => {
    const fault = metricFault(rule);
    if (fault !== null) context.addIssue({ code: 'custom', path: [fault.key], message: fault.sentence });
  }),
);
/** One of a bundle: an earlier version of Slipway may have accepted a rule whose metric there is not. */
export const carriedDefinition = definitionWith(gateRule);
export type ModelDefinition = z.output<typeof modelDefinition>;

/** The lists of columns that go into versions of it, each of another length; none where slipway.yaml says none. */
export function featureLists({ data: judgedOn }: ModelDefinition): string[][] {
  return judgedOn?.features === undefined ? [] : listsOf(judgedOn.features);
}
