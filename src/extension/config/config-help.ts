// Completion and hover in slipway.yaml.
import {
  CompletionItem,
  CompletionItemKind,
  type CompletionItemProvider,
  Hover,
  type HoverProvider,
  languages,
  MarkdownString,
  type Position,
  Range,
  SnippetString,
  type TextDocument,
} from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable';
import { yamlContext } from '../../protocol/datasets/contract/writing/yaml-context';
import { aboutConfigKey, configWords } from '../../protocol/folder/config-help';

const configFiles = { pattern: '**/slipway.yaml' };

/** Lives until disposed of. */
export class ConfigHelp implements CompletionItemProvider, HoverProvider, Disposable {
  readonly #store = new DisposableStore();

  constructor() {
    this.#store.add(languages.registerCompletionItemProvider(configFiles, this, ' ', ':', '{', ','));
    this.#store.add(languages.registerHoverProvider(configFiles, this));
  }

  provideCompletionItems(document: TextDocument, { line, character }: Position): CompletionItem[] {
    const { path, at, taken, word: written } = yamlContext(document.getText(), line, character);
    const range = new Range(line, Math.max(0, character - written.length), line, character);
    const words = configWords(path, at, ruleAt(document, line)).filter(
      ({ kind, word }) => kind !== 'key' || !taken.includes(word),
    );
    return words.map(({ kind, word, about, insert }, index) => {
      const item = new CompletionItem(
        word,
        kind === 'key' ? CompletionItemKind.Property : CompletionItemKind.EnumMember,
      );
      item.insertText = new SnippetString(insert);
      // A value may be several words, of which some stand there already.
      if (kind === 'value') item.range = range;
      item.sortText = String(index).padStart(4, '0');
      if (about !== '') item.documentation = about;
      return item;
    });
  }

  provideHover(document: TextDocument, position: Position): Hover | undefined {
    const range = document.getWordRangeAtPosition(position, /[A-Za-z_]+/);
    if (range === undefined) return undefined;
    const { path, at } = yamlContext(document.getText(), range.start.line, range.start.character);
    const word = document.getText(range);
    const rule = ruleAt(document, range.start.line);
    const about = at === 'key' ? aboutConfigKey([...path, word], rule) : '';
    return about === '' ? undefined : new Hover(new MarkdownString(`**${word}**: ${about}`), range);
  }

  dispose(): void {
    this.#store.dispose();
  }
}

/** The kind of the rule that a line belongs to, where one is written: a list's item reaches down to the next. */
function ruleAt(document: TextDocument, line: number): string | undefined {
  const isItem = (at: number): boolean => /^\s*- /.test(document.lineAt(at).text);
  let first = line;
  while (first > 0 && !isItem(first)) first -= 1;
  let last = line + 1;
  while (last < document.lineCount && !isItem(last)) last += 1;
  const text = document.getText(new Range(first, 0, last, 0));
  return /[\s{,]kind:\s*([a-z]+)/.exec(text)?.[1];
}
