// Imports point one way. The compiler enforces the folders; this also says the rule's own sentence.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const repository = resolve(import.meta.dirname, '../..');

interface SourceFile {
  path: string;
  room: string;
  text: string;
  imports: string[];
}

const sources = [...walk(join(repository, 'src')), ...walk(join(repository, 'webview'))].map(read);

/** Which rooms each room may import from, besides itself. */
const mayImport: Record<string, string[]> = {
  base: [],
  statistics: ['base'],
  protocol: ['base'],
  platform: ['base'],
  workspace: ['base', 'statistics', 'protocol', 'platform'],
  lifecycle: ['base', 'statistics', 'protocol', 'platform', 'workspace'],
  engine: ['base', 'statistics', 'protocol', 'platform', 'workspace', 'lifecycle'],
  client: ['base', 'protocol'],
  cli: ['base', 'protocol', 'client', 'recorder'],
  recorder: ['base', 'protocol', 'client', 'platform/process', 'platform/git', 'platform/python', 'platform/files'],
  extension: ['base', 'protocol', 'client'],
  webview: ['protocol'],
};

const stageOrder = [
  'datasets',
  'features',
  'runs',
  'traces',
  'training',
  'inference',
  'models',
  'serving',
  'monitoring',
  'governance',
];

describe('imports point one way', () => {
  it('reads the sources at all', () => {
    expect(sources.length).toBeGreaterThan(60);
    expect(new Set(sources.map((source) => source.room)).size).toBeGreaterThan(8);
  });

  it('a room imports only from the rooms before it', () => {
    expect(offences(crossesRooms)).toEqual([]);
  });

  it('a stage sees only stages to its left, and those only through service.ts', () => {
    expect(offences(crossesStages)).toEqual([]);
  });

  it('a panel sees no other panel', () => {
    expect(offences(crossesPanels)).toEqual([]);
  });

  it('vscode is imported only in src/extension', () => {
    expect(offences((file, name) => name === 'vscode' && file.room !== 'extension')).toEqual([]);
  });

  it('processes are started only in src/platform/process and src/client', () => {
    const allowed = (file: SourceFile): boolean =>
      file.path.startsWith('src/platform/process/') || file.room === 'client';
    expect(offences((file, name) => /^(node:)?child_process$/.test(name) && !allowed(file))).toEqual([]);
  });

  it('better-sqlite3 is loaded only in src/platform/sqlite', () => {
    expect(
      offences((file, name) => name === 'better-sqlite3' && !file.path.startsWith('src/platform/sqlite/')),
    ).toEqual([]);
  });

  it('protocol is browser-clean: no node: module', () => {
    expect(offences((file, name) => file.room === 'protocol' && name.startsWith('node:'))).toEqual([]);
  });

  it('statistics is pure: no node: module', () => {
    expect(offences((file, name) => file.room === 'statistics' && name.startsWith('node:'))).toEqual([]);
  });

  it('only src/platform/duckdb loads DuckDB', () => {
    expect(
      offences((file, name) => name.startsWith('@duckdb/') && !file.path.startsWith('src/platform/duckdb/')),
    ).toEqual([]);
  });

  it("SQL stands only in store files and in src/workspace, DuckDB's in scan files", () => {
    const sql =
      /\b(SELECT\s[\s\S]{1,400}\sFROM|INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|CREATE\s+TABLE)\b/;
    const allowed = (path: string): boolean =>
      path.startsWith('src/workspace/') ||
      /^src\/lifecycle\/.*\/(store|scan)(\/|\.ts$)/.test(path) ||
      /^src\/platform\/sqlite\//.test(path);
    expect(sources.filter((file) => sql.test(file.text) && !allowed(file.path)).map((file) => file.path)).toEqual([]);
  });
});

describe('the rule finds what it forbids', () => {
  const file = (path: string, ...imports: string[]): SourceFile => ({ path, room: roomOf(path), text: '', imports });

  it.each([
    ['src/base/a.ts', '../engine/b'],
    ['src/client/a.ts', '../workspace/b'],
    ['src/recorder/a.ts', '../platform/sqlite/b'],
    ['webview/run/a.tsx', '../../src/base/b'],
  ])('%s may not import %s', (path, name) => {
    expect(crossesRooms(file(path), name)).toBe(true);
  });

  it('a stage to the right, or past a service, is refused', () => {
    expect(crossesStages(file('src/lifecycle/runs/a.ts'), '../models/service')).toBe(true);
    expect(crossesStages(file('src/lifecycle/models/a.ts'), '../runs/store/run-store')).toBe(true);
    expect(crossesStages(file('src/lifecycle/models/a.ts'), '../runs/service')).toBe(false);
  });
});

function offences(isOffence: (file: SourceFile, name: string) => boolean): string[] {
  return sources.flatMap((file) =>
    file.imports.filter((name) => isOffence(file, name)).map((name) => `${file.path} imports ${name}`),
  );
}

function crossesRooms(file: SourceFile, name: string): boolean {
  const target = targetOf(file, name);
  if (target === undefined) return false;
  const room = roomOf(target);
  if (room === file.room) return false;
  return !(mayImport[file.room] ?? []).some(
    (allowed) => target === `src/${allowed}` || target.startsWith(`src/${allowed}/`),
  );
}

function crossesStages(file: SourceFile, name: string): boolean {
  const target = targetOf(file, name);
  const from = stageOf(file.path);
  const to = target === undefined ? undefined : stageOf(target);
  if (from === undefined || to === undefined || from === to || target === undefined) return false;
  return stageOrder.indexOf(to) > stageOrder.indexOf(from) || target !== `src/lifecycle/${to}/service`;
}

function crossesPanels(file: SourceFile, name: string): boolean {
  const target = targetOf(file, name);
  if (file.room !== 'webview' || target === undefined || !target.startsWith('webview/')) return false;
  const panel = target.split('/')[1];
  return panel !== 'kit' && panel !== file.path.split('/')[1];
}

function targetOf(file: SourceFile, name: string): string | undefined {
  return name.startsWith('.') ? relative(repository, resolve(repository, dirname(file.path), name)) : undefined;
}

function stageOf(path: string): string | undefined {
  return /^src\/lifecycle\/([^/]+)\//.exec(path)?.[1];
}

function roomOf(path: string): string {
  return path.startsWith('webview/') ? 'webview' : (path.split('/')[1] ?? '');
}

function read(path: string): SourceFile {
  const name = relative(repository, path);
  const text = readFileSync(path, 'utf8');
  const imports = [...text.matchAll(/(?:from\s+|import\s*\(\s*|require\(\s*|import\s+)['"]([^'"]+)['"]/g)].map(
    (match) => match[1] ?? '',
  );
  return { path: name, room: roomOf(name), text, imports };
}

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}
