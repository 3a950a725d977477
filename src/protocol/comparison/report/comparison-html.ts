// The comparison as one file for a browser: no script, nothing fetched, light and dark as the reader's system is.
import type { Comparison } from '../comparison';
import { errorTitle, type Section, sectionsOf } from './comparison-sections';
import { curveDrawings } from './curve-drawing';
import { rankingSection } from './ranking';

const style = `
:root { color-scheme: light dark; --line: color-mix(in srgb, CanvasText 15%, transparent); --muted: color-mix(in srgb, CanvasText 72%, Canvas); }
body { font: 13px/20px system-ui, sans-serif; font-variant-numeric: tabular-nums; margin: 0 auto; max-width: 1100px; padding: 16px; background: Canvas; color: CanvasText; }
h1 { font-size: 16px; line-height: 24px; font-weight: 600; margin: 24px 0 4px; }
h2 { font-size: 13px; line-height: 20px; font-weight: 600; margin: 0 0 4px; }
section { border-top: 1px solid var(--line); margin-top: 16px; padding-top: 12px; }
p { margin: 0 0 4px; max-width: 100ch; overflow-wrap: anywhere; }
.muted, th { color: var(--muted); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: 12px; line-height: 16px; }
th, td { text-align: left; padding: 4px 16px 4px 0; border-bottom: 1px solid var(--line); vertical-align: top; min-width: 9ch; max-width: 40ch; overflow-wrap: anywhere; }
th { font-weight: 400; font-size: 11px; white-space: nowrap; }
.number { text-align: right; white-space: nowrap; min-width: 0; }
.curves { display: flex; flex-wrap: wrap; gap: 16px; margin: 8px 0 4px; }
svg { font-size: 11px; fill: var(--muted); } svg .title { font-weight: 600; fill: CanvasText; } svg path { fill: none; stroke-width: 1.5; }
.grid { stroke: var(--line); } .one { stroke: light-dark(#0969da, #58a6ff); } .other { stroke: light-dark(#bc4c00, #f0883e); stroke-dasharray: 6 3; }
.better { color: light-dark(#1a7f37, #6cc382); } .worse { color: light-dark(#b3261e, #ff8b82); }
`;

const detail = { examples: 10, isDrawn: true };

/** A whole HTML document. Names are text, whatever is in them. */
export function comparisonHtml(comparison: Comparison): string {
  const { baseline, candidates, sentence } = comparison;
  const ranking = rankingSection(comparison);
  const bodies = candidates.map(
    (each) => `<article>
<h1 class="${each.verdict === 'cannot tell' ? '' : each.verdict}">${escaped(each.sentence)}</h1>
<p>${escaped(each.candidate.name)} against ${escaped(baseline.name)}</p>
${each.support.map((line) => `<p class="muted">${escaped(line)}</p>`).join('\n')}
${sectionsOf(each, detail)
  .map((section) =>
    sectionHtml(section, section.title === errorTitle ? curveDrawings(each.predictions?.errors ?? null) : ''),
  )
  .join('\n')}
</article>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(sentence.slice(0, 200))}</title>
<style>${style}</style>
</head>
<body>
${ranking === undefined ? '' : `<article><h1>${escaped(sentence)}</h1>${sectionHtml(ranking)}</article>\n`}${bodies.join('\n')}
</body>
</html>
`;
}

/** `below` is markup. */
function sectionHtml({ title, text, heads, rows, numbers }: Section, below = ''): string {
  const said = text === '' ? '' : `<p>${escaped(text)}</p>`;
  if (rows.length === 0) return `<section><h2>${escaped(title)}</h2>${said}</section>`;
  const cell = (tag: 'th' | 'td', value: string, place: number): string =>
    `<${tag}${numbers.includes(place) ? ' class="number"' : ''} dir="auto">${escaped(value)}</${tag}>`;
  const line = (tag: 'th' | 'td', cells: readonly string[]): string =>
    `<tr>${cells.map((value, place) => cell(tag, value, place)).join('')}</tr>`;
  const body = rows.map((row) => line('td', row)).join('\n');
  return `<section><h2>${escaped(title)}</h2><div class="scroll"><table><thead>${line('th', heads)}</thead><tbody>
${body}
</tbody></table></div>${below}${said}</section>`;
}

const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}]+/gu, ' ').replace(/[&<>"']/g, (sign) => signs[sign] ?? '');
}
