// The verdict as a reviewer pastes it into a pull request.
import type { CandidateComparison, Comparison } from '../comparison';
import { type Section, sectionsOf } from './comparison-sections';
import { rankingSection } from './ranking';

/** Markdown: the verdict first, then what it rests on, what changed, whether they are comparable, and by how much. */
export function comparisonMarkdown(comparison: Comparison): string {
  const { sentence, baseline, candidates } = comparison;
  const parts = candidates.map((each) => candidateText(each, baseline.name));
  const ranking = rankingSection(comparison);
  const head = ranking === undefined ? '' : `**${escaped(sentence)}.**\n\n${sectionText(ranking)}\n\n---\n\n`;
  return `${head}${parts.join('\n\n---\n\n')}\n`;
}

/** A comment is short. */
const detail = { examples: 3, isDrawn: false };

function candidateText(each: CandidateComparison, baseline: string): string {
  const { candidate, sentence, support } = each;
  const paragraphs = [
    `**${escaped(sentence)}.**`,
    `${escaped(candidate.name)} against ${escaped(baseline)}. ${support.map(escaped).join(' ')}`,
    ...sectionsOf(each, detail).map(sectionText),
  ];
  return paragraphs.join('\n\n');
}

function sectionText({ title, text, heads, rows, numbers }: Section): string {
  if (rows.length === 0) return `**${escaped(title)}** ${escaped(text)}`;
  const line = (cells: readonly string[]): string => `| ${cells.map(escaped).join(' | ')} |`;
  const rule = `|${heads.map((_, place) => (numbers.includes(place) ? '--:' : '---')).join('|')}|`;
  const below = text === '' ? [] : ['', escaped(text)];
  return [`**${escaped(title)}**`, '', line(heads), rule, ...rows.map(line), ...below].join('\n');
}

/** Names are shown as they are: nothing in them is Markdown, HTML, a mention or a new line. */
function escaped(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]+/gu, ' ')
    .replace(/&/g, '&amp;')
    .replace(/<(?=[\p{L}/!?])/gu, '&lt;')
    .replace(/[\\`*[\]|~#]/g, '\\$&')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replace(/(?<![\p{L}\p{N}])@(?=[\p{L}\p{N}])/gu, '@\u200b');
}
