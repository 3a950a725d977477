// The blocks of a note.

/** One block; `lines` are without their markers. */
export interface Block {
  kind: 'heading' | 'code' | 'quote' | 'bullets' | 'numbers' | 'paragraph';
  lines: string[];
}

const markers: readonly [Block['kind'], RegExp][] = [
  ['heading', /^#{1,6}\s+(.*)$/],
  ['bullets', /^\s*[-*+]\s+(.*)$/],
  ['numbers', /^\s*\d+[.)]\s+(.*)$/],
  ['quote', /^>\s?(.*)$/],
];
const fence = /^\s*```/;

/** Splits a note into blocks. An open code fence goes to the end. */
export function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  let open: Block | undefined;
  let isCode = false;
  for (const line of text.split(/\r?\n/)) {
    if (fence.test(line)) {
      isCode = !isCode;
      open = undefined;
      if (isCode) blocks.push({ kind: 'code', lines: [] });
      continue;
    }
    if (isCode) {
      blocks.at(-1)?.lines.push(line);
      continue;
    }
    const { kind, words } = readLine(line);
    if (words === '' && kind === 'paragraph') open = undefined;
    else if (open?.kind === kind && kind !== 'heading') open.lines.push(words);
    else {
      open = { kind, lines: [words] };
      blocks.push(open);
    }
  }
  return blocks;
}

function readLine(line: string): { kind: Block['kind']; words: string } {
  for (const [kind, marker] of markers) {
    const words = marker.exec(line)?.[1];
    if (words !== undefined) return { kind, words };
  }
  return { kind: 'paragraph', words: line.trim() };
}
