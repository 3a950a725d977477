// Our own checks, out of `implementation`.
import { parseDocument } from 'yaml';
import { messageOf } from '../../../../base/errors';
import { isColumnCheck, type SlipwayCheck, type SlipwayCheckName, slipwayCheck } from '../slipway-check';
import type { DraftProblem } from './check-draft';
import { keepDigits } from './exact-integers';
import type { Made, Makers } from './made-check';
import { numberMakers } from './own-number-checks';
import { rowMakers } from './own-row-checks';
import { patternFault } from './property-checks';
import type { QualityChecks, QualityPlace } from './quality-checks';
import { checkKeysAt } from './schema-keys';
import { issueSentences } from './schema-problem';
import type { YamlPath } from './yaml-places';

/** The check in `implementation`, given as a map or as YAML in a text. */
export function ownChecks(
  implementation: string | Record<string, unknown>,
  { column, path }: QualityPlace,
): QualityChecks {
  const isText = typeof implementation === 'string';
  let value: unknown = implementation;
  if (isText) {
    try {
      const document = parseDocument(implementation);
      for (const fault of document.errors) throw fault;
      keepDigits(document);
      value = document.toJS();
    } catch (error) {
      return problem(path, `This is no YAML: ${messageOf(error).split('\n')[0]}`);
    }
  }
  const parsed = slipwayCheck.safeParse(value);
  if (!parsed.success) {
    const sentences = issueSentences(parsed.error, checkKeysAt);
    // In a text nothing within has a place of its own.
    return {
      drafts: [],
      problems: sentences.map(({ inner, message }) => ({ path: isText ? path : [...path, ...inner], message })),
    };
  }
  const [name, second] = Object.keys(parsed.data) as SlipwayCheckName[];
  if (name === undefined) return problem(path, 'Say which check it is, such as range, in, mean or freshness.');
  if (second !== undefined)
    return problem([...path, second], `One check stands here already: ${name}. Give each its own item.`);
  if (isColumnCheck(name) !== (column !== undefined)) {
    const where = isColumnCheck(name)
      ? 'a column: move it to quality of a property'
      : 'the table: move it to its quality';
    return problem([...path, name], `${name} is about ${where}.`);
  }
  return draftOf(parsed.data, name, { column, path: isText ? path : [...path, name] });
}

const makers: Makers = { ...rowMakers, ...numberMakers };

function draftOf(check: SlipwayCheck, name: SlipwayCheckName, { column, path }: QualityPlace): QualityChecks {
  const fault = faultOf(check, path);
  if (fault !== undefined) return { drafts: [], problems: [fault] };
  // Each maker takes what stands under its own name.
  const make = makers[name] as (given: unknown) => Made;
  const made = make(check[name]);
  return { drafts: [{ ...made, columns: made.columns ?? (column === undefined ? [] : [column]), path }], problems: [] };
}

/** What no schema says: patterns that are none, and ends the wrong way round. */
function faultOf(check: SlipwayCheck, path: YamlPath): DraftProblem | undefined {
  const pattern = check.matches?.pattern ?? check.notMatches?.pattern;
  const fault = pattern === undefined ? undefined : patternFault(pattern);
  if (fault !== undefined) return { path: [...path, 'pattern'], message: fault };
  const { min, max } = (Object.values(check)[0] ?? {}) as { min?: unknown; max?: unknown };
  if (typeof min === 'number' && typeof max === 'number' && min > max) {
    return { path: [...path, 'max'], message: `max ${max} is below min ${min}.` };
  }
  return undefined;
}

function problem(path: YamlPath, message: string): QualityChecks {
  return { drafts: [], problems: [{ path, message }] };
}
