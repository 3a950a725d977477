// An entry of `models:` in slipway.yaml: what a model is judged on, by which rules, and who has to agree.
import * as z from 'zod';
import { gateRule } from './gate/gate-rule';

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
    .regex(/^[1-9]\d{0,4}\s?(m|h|d|w)$/, 'say it like 30d, 12h, 2w')
    .optional()
    .describe('how long an approval holds'),
});

const data = z.strictObject({
  holdout: z
    .string()
    .min(1)
    .max(300)
    .describe('the data that versions are judged on: NAME@latest, NAME@label or NAME@hash-prefix of a dataset'),
  features: z
    .array(z.string().min(1).max(250))
    .min(1)
    .max(10_000)
    .optional()
    .describe('the columns that go into the model, in its order, where their names do not tell'),
});

/** One model. */
export const modelDefinition = z
  .strictObject({
    data: data.optional().describe('what its versions are judged on'),
    approvals: approvals.optional().describe('who has to agree before a version moves'),
    protects: z
      .array(z.string().min(1).max(255))
      .max(100)
      .default(['champion', 'production'])
      .describe('aliases and stages that only a decision may move'),
    gates: z.array(gateRule).max(200).default([]).describe('the rules that a version has to pass'),
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
export type ModelDefinition = z.output<typeof modelDefinition>;
