// The orders of models and versions.
import { SlipwayError } from '../../../base/errors';
import type { SearchGrammar } from '../../../workspace/search-grammar';
import type { RegistrySort } from './registry-condition';
import { quoted, unquoted } from './registry-filter';

const modelKeys: Readonly<Record<string, string>> = {
  name: 'name',
  timestamp: 'last_update_time',
  last_updated_timestamp: 'last_update_time',
};
const versionKeys: Readonly<Record<string, string>> = {
  name: 'name',
  version_number: 'version',
  creation_timestamp: 'creation_time',
  last_updated_timestamp: 'last_update_time',
};

/** Sort keys over models; by name last. Throws `invalid` for an unknown name or one named twice. */
export function modelOrder(texts: readonly string[], grammar: SearchGrammar): RegistrySort[] {
  const sorts = texts.map((text) => {
    const { identifier, ascending } = grammar.order(text);
    const key = unquoted(identifier);
    if (Object.hasOwn(modelKeys, key)) return { key: modelKeys[key] ?? key, ascending };
    throw new SlipwayError(
      'invalid',
      `Invalid order by key '${key}' specified. Valid keys are '{'name', 'timestamp'}'`,
    );
  });
  return finished(sorts, texts, [{ key: 'name', ascending: true }]);
}

/** Sort keys over versions; none given means the last changed first. As `modelOrder`. */
export function versionOrder(texts: readonly string[], grammar: SearchGrammar): RegistrySort[] {
  const given = texts.length === 0 ? ['last_updated_timestamp DESC', 'name ASC', 'version_number DESC'] : texts;
  const sorts = given.map((text) => {
    const { identifier, ascending } = grammar.order(text);
    const key = unquoted(identifier.replace(/^attributes?\./, ''));
    if (Object.hasOwn(versionKeys, key)) return { key: versionKeys[key] ?? key, ascending };
    throw new SlipwayError(
      'invalid',
      `Invalid attribute key '${key}' specified. Valid keys are '{${quoted(Object.keys(versionKeys))}}'`,
    );
  });
  const last = [
    { key: 'name', ascending: true },
    { key: 'version', ascending: false },
  ];
  return finished(sorts, given, last);
}

function finished(sorts: RegistrySort[], texts: readonly string[], last: readonly RegistrySort[]): RegistrySort[] {
  const keys = new Set(sorts.map((sort) => sort.key));
  if (keys.size < sorts.length) {
    throw new SlipwayError('invalid', `\`order_by\` contains duplicate fields: [${quoted(texts)}]`);
  }
  return [...sorts, ...last.filter(({ key }) => !keys.has(key))];
}
