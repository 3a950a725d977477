// Values as they are written into a drafted contract, on one line.

const plain = /^[A-Za-z_][A-Za-z0-9_./-]*(?: [A-Za-z0-9_./-]+)*$/;
const reserved = /^(true|false|null|yes|no|on|off|y|n|~|nan|inf)$/i;

/** The value in the flow style of YAML: a text is quoted where it could be taken for something else. */
export function yamlText(value: unknown): string {
  if (typeof value === 'string')
    return plain.test(value) && !reserved.test(value) ? value : JSON.stringify(value.toWellFormed());
  if (Array.isArray(value)) return `[${value.map(yamlText).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const parts = Object.entries(value).filter(([, each]) => each !== undefined);
    if (parts.length === 0) return '{}';
    return `{ ${parts.map(([key, each]) => `${yamlText(key)}: ${yamlText(each)}`).join(', ')} }`;
  }
  return String(value);
}

/** A text within a comment: on one line, whatever it holds. */
export function commentText(text: string): string {
  return text.toWellFormed().replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
}
