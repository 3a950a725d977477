// Completion and hover in contracts, from the same schemas that read them.
import {
  CompletionItem,
  CompletionItemKind,
  type CompletionItemProvider,
  Hover,
  type HoverProvider,
  languages,
  MarkdownString,
  type Position,
  SnippetString,
  type TextDocument,
} from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable';
import { keyAt } from '../../protocol/datasets/contract/reading/schema-keys';
import { type HelpWord, helpFor } from '../../protocol/datasets/contract/writing/contract-help';
import { yamlContext } from '../../protocol/datasets/contract/writing/yaml-context';
import type { TableColumn } from '../../protocol/datasets/table-shape';
import { contractFiles } from './contract-file';
import type { ContractReports } from './contract-reports';

const kinds: Readonly<Record<HelpWord['kind'], CompletionItemKind>> = {
  key: CompletionItemKind.Property,
  value: CompletionItemKind.EnumMember,
  column: CompletionItemKind.Field,
};
/** Columns that were asked for so long ago are asked for again. */
const freshMilliseconds = 30_000;

/** Lives until disposed of. */
export class ContractCompletion implements CompletionItemProvider, HoverProvider, Disposable {
  readonly #reports: ContractReports;
  readonly #store = new DisposableStore();
  readonly #columns = new Map<string, { time: number; columns: Promise<TableColumn[]> }>();

  constructor(reports: ContractReports) {
    this.#reports = reports;
    this.#store.add(languages.registerCompletionItemProvider(contractFiles, this, ' ', ':', '[', '{', ','));
    this.#store.add(languages.registerHoverProvider(contractFiles, this));
  }

  async provideCompletionItems(document: TextDocument, { line, character }: Position): Promise<CompletionItem[]> {
    const context = yamlContext(document.getText(), line, character);
    const words = helpFor(context, await this.#columnsOf(document));
    return words.map(({ kind, word, about, insert }, at) => {
      const item = new CompletionItem(word, kinds[kind]);
      item.insertText = new SnippetString(insert);
      item.sortText = String(at).padStart(4, '0');
      if (kind === 'column') item.detail = about;
      else if (about !== '') item.documentation = about;
      return item;
    });
  }

  provideHover(document: TextDocument, position: Position): Hover | undefined {
    const range = document.getWordRangeAtPosition(position, /[A-Za-z]+/);
    if (range === undefined) return undefined;
    const word = document.getText(range);
    const { path, at } = yamlContext(document.getText(), range.start.line, range.start.character);
    if (at !== 'key') return undefined;
    const key = keyAt([...path, word]);
    if (key === undefined || key.about === '') return undefined;
    const values = key.values.length === 0 ? '' : `\n\n${key.values.map((value) => `\`${value}\``).join(' · ')}`;
    return new Hover(new MarkdownString(`**${key.name}**: ${key.about}${values}`), range);
  }

  /** None where nobody can tell: a contract is also written before there are data. */
  async #columnsOf({ uri }: TextDocument): Promise<TableColumn[]> {
    const key = uri.toString();
    const known = this.#columns.get(key);
    if (known !== undefined && Date.now() - known.time < freshMilliseconds) return known.columns;
    const client = this.#reports.session(uri)?.client;
    if (client === undefined) return [];
    const columns = client.api.checks.subject.query({ contract: uri.fsPath }).then(
      (subject) => subject.columns,
      () => [],
    );
    this.#columns.set(key, { time: Date.now(), columns });
    return columns;
  }

  dispose(): void {
    this.#store.dispose();
  }
}
