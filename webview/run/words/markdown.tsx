// The part of Markdown that notes use, as elements: nothing of the text is ever taken for HTML, and no image is loaded.
import { Fragment, type ReactNode } from 'react';
import { type Block, blocksOf } from './markdown-blocks';

const inline =
  /`([^`]+)`|\*\*([^*]+)\*\*|__([^_]+)__|\*([^*\s][^*]*)\*|\b_([^_]+)_\b|\[([^\]]+)\]\((https?:\/\/[^\s)]+)\)/g;

/** Headings, lists, quotes, code, emphasis and links to the web; the rest is shown as it was typed. */
export function Markdown({ text }: { text: string }) {
  return (
    <div className="markdown">
      {blocksOf(text).map((block, index) => (
        <Fragment key={`${index} ${block.kind}`}>{drawn(block)}</Fragment>
      ))}
    </div>
  );
}

function drawn(block: Block): ReactNode {
  switch (block.kind) {
    case 'heading':
      return <h3>{spans(block.lines[0] ?? '')}</h3>;
    case 'code':
      return <pre>{block.lines.join('\n')}</pre>;
    case 'quote':
      return <blockquote>{spans(block.lines.join(' '))}</blockquote>;
    case 'bullets':
      return <ul>{items(block.lines)}</ul>;
    case 'numbers':
      return <ol>{items(block.lines)}</ol>;
    case 'paragraph':
      return <p>{spans(block.lines.join('\n'))}</p>;
  }
}

function items(lines: readonly string[]): ReactNode {
  return lines.map((line, index) => <li key={`${index} ${line}`}>{spans(line)}</li>);
}

function spans(text: string): ReactNode[] {
  const parts: ReactNode[] = [];
  let end = 0;
  for (const match of text.matchAll(inline)) {
    parts.push(text.slice(end, match.index), span(match));
    end = match.index + match[0].length;
  }
  return [...parts, text.slice(end)];
}

function span(match: RegExpExecArray): ReactNode {
  const [whole, code, strong, strongToo, emphasis, emphasisToo, words, address] = match;
  const key = `${match.index}`;
  if (code !== undefined) return <code key={key}>{code}</code>;
  if (strong !== undefined || strongToo !== undefined) return <strong key={key}>{strong ?? strongToo}</strong>;
  if (address !== undefined) {
    return (
      <a key={key} href={address} title={address}>
        {words}
      </a>
    );
  }
  return emphasis === undefined && emphasisToo === undefined ? whole : <em key={key}>{emphasis ?? emphasisToo}</em>;
}
