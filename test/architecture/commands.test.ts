// What a command promises: it is declared, registered and documented, with the same title and keys everywhere.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

interface Manifest {
  contributes: {
    commands: { command: string; title: string }[];
    keybindings: { command: string; key: string; mac?: string; when?: string }[];
    menus: { commandPalette: { command: string; when?: string }[] };
  };
}

const repository = resolve(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(repository, path), 'utf8');
const { contributes } = JSON.parse(read('package.json')) as Manifest;
const texts = JSON.parse(read('package.nls.json')) as Record<string, string>;
const titles = new Map(
  contributes.commands.map(({ command, title }) => [command, texts[title.slice(1, -1)] ?? title] as const),
);
const documented = [
  ...read('docs/commands.md').matchAll(/^\| ([^|]+) \| `(slipway\.\w+)` \| ([^|]*)\| ([^|]+) \|$/gm),
].map(([, title = '', id = '', key = '', does = '']) => ({
  id,
  title,
  key: key.trim(),
  isMenuOnly: does.startsWith('*menu*'),
}));

/** As the code writes them; that each is there in a window is seen in the editor's tests. */
function registered(): string[] {
  const entries = readdirSync(join(repository, 'src/extension'), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.ts'));
  const code = files.map((file) => readFileSync(join(file.parentPath, file.name), 'utf8')).join('\n');
  const found = code.matchAll(/(?:^\s*|registerCommand\()'(slipway\.\w+)'(?:: (?:async )?\(|, )/gm);
  return [...new Set([...found].flatMap(([, id]) => id ?? []))];
}

/** A key as docs/commands.md writes it; a Mac is named where its key is another than the same with ⌘. */
function keyText({ key, mac }: { key: string; mac?: string }): string {
  const isOther = mac !== undefined && mac !== key.replace('ctrl', 'cmd');
  return isOther ? `${keyWords(key)} (Mac: ${keyWords(mac)})` : keyWords(key);
}

function keyWords(key: string): string {
  const words: Record<string, string> = { cmd: '⌘', numpad_multiply: 'Numpad *' };
  const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
  return key
    .split('+')
    .map((word) => words[word] ?? capital(word))
    .join('+');
}

describe('the commands', () => {
  it('are declared, registered and documented, all the same', () => {
    const declared = [...titles.keys()].sort();
    expect(registered().sort()).toEqual(declared);
    expect(documented.map(({ id }) => id).sort()).toEqual(declared);
  });

  it('have the title in docs/commands.md that the palette shows', () => {
    expect(documented.map(({ id, title }) => [id, title])).toEqual(documented.map(({ id }) => [id, titles.get(id)]));
  });

  it('are hidden from the palette when they need a row or a line, and only then', () => {
    const palette = contributes.menus.commandPalette;
    const hidden = palette.filter(({ when }) => when === 'false').map(({ command }) => command);
    expect(
      documented
        .filter(({ isMenuOnly }) => isMenuOnly)
        .map(({ id }) => id)
        .sort(),
    ).toEqual(hidden.sort());
  });

  it('have their keys documented, and keys of the tree hold in the tree alone', () => {
    const bound = Object.groupBy(contributes.keybindings, ({ command }) => command);
    const texts = Object.entries(bound).map(([id, bindings = []]) => [id, bindings.map(keyText).join(', ')]);
    // Enter opens a row without a binding of ours.
    const keyed = documented.filter(({ key }) => key !== '' && key !== 'Enter');
    expect(Object.fromEntries(keyed.map(({ id, key }) => [id, key]))).toEqual(Object.fromEntries(texts));
    const loose = contributes.keybindings.filter(({ when = '' }) => !/focusedView == 'slipway\.runs'/.test(when));
    expect(loose).toEqual([]);
  });
});

describe('the verbs', () => {
  it('are all documented, with the options that have to be given', () => {
    const verbs = [
      ...read('src/cli/verbs.ts').matchAll(/^ {2}'?([\w-]+)'?: async \(\) => \(await import\('(.*)'\)\)/gm),
    ];
    expect(verbs.length).toBeGreaterThan(30);
    const pages = ['README.md', ...readdirSync(join(repository, 'docs')).map((name) => `docs/${name}`)];
    const lines = pages.filter((path) => path.endsWith('.md')).flatMap((path) => read(path).split('\n'));
    const missing = verbs.flatMap(([, verb = '', file = '']) => {
      const told = lines.filter((line) => new RegExp(`(slipway |\`)${verb}\\b`).test(line));
      const needed = [...read(join('src/cli', `${file}.ts`)).matchAll(/requiredOption\('(--\w+)/g)];
      const untold = needed.filter(([, option = '']) => !told.some((line) => line.includes(option)));
      return [...(told.length > 0 ? [] : [verb]), ...untold.map(([, option]) => `${verb} ${option}`)];
    });
    expect(missing).toEqual([]);
  });
});
