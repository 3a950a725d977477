// Who may approve, by the rules that count and those that are new.
import { expect, test } from 'vitest';
import { bothRules, rulesIn, weakenings } from '../../src/lifecycle/models/decision/rules/effective-rules';
import { parseConfig } from '../../src/workspace/config';

const rulesOf = (from: string) => {
  const approvals = `approvals: { need: 1, from: [${from}] }`;
  const found = rulesIn(
    parseConfig(`version: 1\nmodels:\n  delay:\n    ${approvals}\n    gates: [{ id: small, kind: size, value: 1 }]\n`),
    'delay',
  );
  if (found === null) throw new Error('no rules');
  return found;
};

test('a person whose address was written in another way was a stranger to the rules, and in neither of both', () => {
  const [before, after] = [rulesOf('Ana@Example.com, ben@example.com'), rulesOf('ana@example.com')];
  expect(weakenings(before, after).map(({ words }) => words)).toEqual([]);
  expect(bothRules(before.definition, after.definition).approvals?.from).toEqual(['Ana@Example.com']);
  expect(weakenings(after, before).map(({ words }) => words)).toEqual(['ben@example.com may agree too']);
});
