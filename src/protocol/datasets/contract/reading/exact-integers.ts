// Whole numbers of a contract that a double would round, such as ids of 19 digits.
import { type Document, isPair, isScalar, type Node, type Pair, visit } from 'yaml';

/** Keys of values and bounds that are compared with those of a column, and may be texts. */
const ofValues: ReadonlySet<string> = new Set([
  ...['values', 'validValues', 'missingValues', 'equal', 'contain', 'within', 'in', 'value'],
  ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'],
]);
/** Checks whose `min` and `max` are such bounds. */
const ofBounds: ReadonlySet<string> = new Set(['range', 'minimum', 'maximum']);

/** Makes texts of their digits out of such numbers of the document, where a check takes texts as well. */
export function keepDigits(document: Document): void {
  visit(document, {
    Scalar: (place, node, path) => {
      if (place === 'key' || typeof node.value !== 'number' || Number.isSafeInteger(node.value)) return;
      const digits = node.source?.replace(/^\+/, '') ?? '';
      if (!/^-?\d+$/.test(digits)) return;
      const [outer, inner] = path
        .filter((each) => isPair(each))
        .map(keyOf)
        .slice(-2) as [string, string?];
      const key = inner ?? outer;
      if (ofValues.has(key) || (/^(min|max)$/.test(key) && ofBounds.has(outer))) node.value = digits;
    },
  });
}

function keyOf(pair: Pair | Node | Document): string {
  return isPair(pair) && isScalar(pair.key) ? String(pair.key.value) : '';
}
