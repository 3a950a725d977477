// Which documents are contracts, and places of theirs as VS Code counts them.
import { type DocumentFilter, Range, type TextDocument } from 'vscode';
import type { Place } from '../../protocol/datasets/contract/contract';

/** What the editor takes for a contract. */
export const contractFiles: DocumentFilter = { scheme: 'file', pattern: '**/*.odcs.{yaml,yml}' };

/** The same of one document. */
export function isContract({ uri, fileName }: TextDocument): boolean {
  return uri.scheme === 'file' && /\.odcs\.ya?ml$/i.test(fileName);
}

/** Lines and columns of ours count from 1. */
export function rangeOf({ line, column, endLine, endColumn }: Place): Range {
  return new Range(line - 1, column - 1, endLine - 1, endColumn - 1);
}
