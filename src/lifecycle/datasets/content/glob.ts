// Patterns of file names, as shells write them: `*` and `?` within a name, `**` over folders, `[a-z]`, `{a,b}`.

/** True where a path holds anything that a pattern could mean. */
export function isGlob(path: string): boolean {
  return /[*?[{]/.test(path);
}

/** The folder in which a pattern begins to mean more than one name, '' for none, and what follows. */
export function globParts(pattern: string): { folder: string; rest: string } {
  const parts = pattern.split('/');
  const first = parts.findIndex(isGlob);
  const at = first === -1 ? parts.length - 1 : first;
  return { folder: parts.slice(0, at).join('/'), rest: parts.slice(at).join('/') };
}

/** How many folders deep a match can lie; Infinity where the pattern goes over folders. */
export function globDepth(pattern: string): number {
  return pattern.includes('**') ? Number.POSITIVE_INFINITY : pattern.split('/').length;
}

/**
 * Matches whole paths with forward slashes. Names that begin with a dot are matched only by a pattern that says the dot,
 * as shells do. What is no sound pattern (an open bracket, `[z-a]`) stands for itself.
 */
export function globMatcher(pattern: string): RegExp {
  const parts = pattern.split('/');
  const source = parts.map((part, index) => {
    const isLast = index === parts.length - 1;
    if (part === '**') return isLast ? '(?:(?!\\.)[^/]+/)*(?!\\.)[^/]+' : '(?:(?!\\.)[^/]+/)*';
    return `${nameSource(part)}${isLast ? '' : '/'}`;
  });
  try {
    return new RegExp(`^${source.join('')}$`, 'u');
  } catch {
    // Such as a range that runs backwards.
    return new RegExp(`^${pattern.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&')}$`, 'u');
  }
}

function nameSource(part: string): string {
  const isHidden = part.startsWith('.') || part.startsWith('[') || part.startsWith('{');
  let source = isHidden ? '' : '(?!\\.)';
  for (let at = 0; at < part.length; ) {
    const [piece, length] = pieceAt(part, at);
    source += piece;
    at += length;
  }
  return source;
}

/** The source of what stands at a place of a name, and how many characters it took. */
function pieceAt(part: string, at: number): [source: string, length: number] {
  const rest = part.slice(at);
  const [run] = /^\*+/.exec(rest) ?? [];
  if (run !== undefined) return ['[^/]*', run.length];
  if (rest.startsWith('?')) return ['[^/]', 1];
  const [set, not = '', members = ''] = /^\[([!^]?)(\]?[^\]]*)\]/.exec(rest) ?? [];
  if (set !== undefined && members !== '')
    return [`[${not === '' ? '' : '^/'}${members.replace(/[\\\]^[]/g, '\\$&')}]`, set.length];
  const [braces, choices = ''] = /^\{([^{}]*,[^{}]*)\}/.exec(rest) ?? [];
  if (braces !== undefined) {
    return [`(?:${choices.split(',').map(nameSourceWithin).join('|')})`, braces.length];
  }
  const [character = ''] = rest;
  return [character.replace(/[\\^$.*+?()[\]{}|/]/u, '\\$&'), character.length];
}

function nameSourceWithin(choice: string): string {
  return nameSource(choice).replace(/^\(\?!\\\.\)/, '');
}
