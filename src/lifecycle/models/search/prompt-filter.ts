// Searches over models leave prompts out, unless the filter asks for them: a model does not carry the tag that says
// "no prompt", so a comparison with that tag is not about tags but about the kind.
import { promptTag } from '../rules/prompt';
import type { RegistryComparison, RegistryCondition } from './registry-condition';

/** The condition without its comparisons on the kind, and whether prompts are left out. */
export function withoutPromptTag(condition: RegistryCondition): { condition: RegistryCondition; onlyModels: boolean } {
  if (asksForPrompts(condition)) return { condition, onlyModels: false };
  return { condition: stripped(condition), onlyModels: true };
}

function isAboutKind({ subject, key }: RegistryComparison): boolean {
  return subject === 'tag' && key === promptTag;
}

function asksForPrompts(condition: RegistryCondition): boolean {
  if (condition.kind !== 'condition') return condition.of.some(asksForPrompts);
  if (!isAboutKind(condition)) return false;
  const { operator, value } = condition;
  const wanted = String(value).toLowerCase();
  return (operator === '=' && wanted === 'true') || (operator === '!=' && wanted === 'false');
}

function stripped(condition: RegistryCondition): RegistryCondition {
  if (condition.kind === 'condition') return isAboutKind(condition) ? { kind: 'and', of: [] } : condition;
  return { kind: condition.kind, of: condition.of.map(stripped) };
}
