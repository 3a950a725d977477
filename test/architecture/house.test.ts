// The house's measures: one noun a file, one idea a folder, nothing half done.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAst } from 'vitest/node';

const repository = resolve(import.meta.dirname, '../..');
const files = ['src', 'webview'].flatMap(sourcesOf);

function sourcesOf(folder: string): { path: string; text: string; lines: number }[] {
  return readdirSync(join(repository, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => {
      const path = relative(repository, join(entry.parentPath, entry.name));
      const text = readFileSync(join(repository, path), 'utf8');
      return { path, text, lines: text.split('\n').length - 1 };
    });
}

describe('the house', () => {
  it('no file is above 400 lines', () => {
    expect(files.filter((file) => file.lines > 400).map((file) => `${file.path}: ${file.lines}`)).toEqual([]);
  });

  it('half the files have at most 110 lines, nine tenths at most 250', () => {
    const sorted = files.map((file) => file.lines).sort((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length * 0.5)]).toBeLessThanOrEqual(110);
    expect(sorted[Math.floor(sorted.length * 0.9)]).toBeLessThanOrEqual(250);
  });

  it('a folder holds at most 12 files, but for one file a verb in the CLI and the numbered migrations', () => {
    const counts = new Map<string, number>();
    for (const file of files) counts.set(dirname(file.path), (counts.get(dirname(file.path)) ?? 0) + 1);
    const lists = ['src/cli', 'src/workspace/migrations'];
    expect([...counts].filter(([folder, count]) => count > 12 && !lists.includes(folder))).toEqual([]);
  });

  it('no function is longer than 40 lines', () => {
    const candidates = files.filter(({ lines }) => lines > 40);
    const long = candidates.flatMap(({ path, text }) => {
      const found = functionsOf(path, text).filter(({ lines }) => lines > 40);
      return found.map(({ line, lines }) => `${path}:${line}: ${lines}`);
    });
    expect(long).toEqual([]);
  });

  it('functions are counted whole, also those within others', () => {
    const text = `const outer = () => {\n  function inner() {\n    return <b />;\n  }\n  return inner;\n};\n`;
    expect(functionsOf('example.tsx', text)).toEqual([
      { line: 1, lines: 6 },
      { line: 2, lines: 3 },
    ]);
  });

  it('no function, constant or class is exported that no other file imports', () => {
    const imported = new Set([...files, ...sourcesOf('test')].flatMap(importsOf));
    // The pieces of the protocol's schemas are named for those who read them; VS Code calls `activate`.
    const judged = files.filter(({ path }) => !path.startsWith('src/protocol/') && path !== 'src/extension/main.ts');
    const needless = judged.flatMap(({ path, text }) => {
      const place = path.replace(/\.tsx?$/, '');
      if (imported.has(`${place}: *`)) return [];
      const heads = text.matchAll(/^export (?:async )?(?:abstract )?(?:function\*?|const|class) (\w+)/gm);
      const names = [...heads].map(([, name = '']) => `${place}: ${name}`);
      return names.filter((name) => !imported.has(name));
    });
    expect(needless).toEqual([]);
  });

  it('nothing is exported that nobody uses', () => {
    const counts = new Map<string, number>();
    const tests = sourcesOf('test').map(({ text }) => text);
    for (const text of [...files.map((file) => file.text), ...tests])
      for (const word of text.match(/\w+/g) ?? []) counts.set(word, (counts.get(word) ?? 0) + 1);
    const unused = files.flatMap(({ path, text }) => {
      const names = text.matchAll(
        /^export (?:async )?(?:abstract )?(?:function\*?|const|class|interface|type) (\w+)/gm,
      );
      return [...names].filter(([, name = '']) => counts.get(name) === 1).map(([, name]) => `${path}: ${name}`);
    });
    expect(unused).toEqual([]);
  });

  it('every exported function and class says what it is for', () => {
    const silent = files.flatMap(({ path, text }) => {
      const heads = [...text.matchAll(/^(.*)\nexport (?:async )?(?:abstract )?(?:function\*?|class) (\w+)/gm)];
      return heads.filter(([, above = '']) => !above.endsWith('*/')).map(([, , name]) => `${path}: ${name}`);
    });
    expect(silent).toEqual([]);
  });

  it('files are nouns in kebab-case, and none is a drawer for leftovers', () => {
    const bad = files.filter(
      (file) =>
        !/^[a-z0-9]+(-[a-z0-9]+)*\.tsx?$/.test(basename(file.path)) ||
        /\b(utils?|helpers?|common|manager|misc|index)\b/.test(basename(file.path)),
    );
    expect(bad.map((file) => file.path)).toEqual([]);
  });

  it('no exception from a rule, no promise of later work', () => {
    const loose = /@ts-ignore|@ts-expect-error|@ts-nocheck|biome-ignore|\bas any\b|: any\b|\bTODO\b|\bFIXME\b/;
    expect(files.filter((file) => loose.test(file.text)).map((file) => file.path)).toEqual([]);
  });

  it('no panel names a colour', () => {
    const colour = /#[0-9a-fA-F]{3,8}\b(?!['"]?\s*\))|\brgba?\(|\bhsla?\(/;
    const panels = files.filter((file) => file.path.startsWith('webview/'));
    const styles = readdirSync(join(repository, 'webview'), { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.css'))
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => ({ path: relative(repository, path), text: readFileSync(path, 'utf8') }));
    expect([...panels, ...styles].filter((file) => colour.test(file.text)).map((file) => file.path)).toEqual([]);
  });
});

/** What a file takes out of others, as `path: name`; `path: *` for one that is taken whole or when it is needed. */
function importsOf({ path, text }: { path: string; text: string }): string[] {
  const placeOf = (from: string): string => join(dirname(path), from).replace(/\.tsx?$/, '');
  const named = [...text.matchAll(/^(?:import|export)\s([^'"]*?)from '(\.[^']+)'/gms)].flatMap(
    ([, clause = '', from = '']) => {
      const names = clause.match(/\w+(?= as )|\w+/g) ?? [];
      return (clause.includes('*') ? ['*'] : names).map((name) => `${placeOf(from)}: ${name}`);
    },
  );
  const whole = [...text.matchAll(/\bimport\('(\.[^']+)'\)/g)].map(([, from = '']) => `${placeOf(from)}: *`);
  return [...named, ...whole];
}

/** Where each function with a body begins, and how many lines it has from its first word to its last. */
function functionsOf(path: string, text: string): { line: number; lines: number }[] {
  const lineAt = (offset: number): number => text.slice(0, offset).split('\n').length;
  const found: { line: number; lines: number }[] = [];
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const { type, start, end, body } = node as { type?: string; start: number; end: number; body?: unknown };
    if (/^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(type ?? '') && body !== null) {
      found.push({ line: lineAt(start), lines: text.slice(start, end).split('\n').length });
    }
    for (const value of Object.values(node)) walk(value);
  };
  walk(parseAst(text, { lang: path.endsWith('x') ? 'tsx' : 'ts' }));
  return found;
}
