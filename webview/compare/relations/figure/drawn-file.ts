// A drawing on screen as one that stands for itself: every colour and line is written where it is used.
import { plainColour } from '../../../kit/chart/colours';
import { chartPng } from '../../../kit/chart/export/chart-png';
import type { ChartPicture } from '../../../kit/figure/figure-tools';

const written = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'opacity',
  'text-anchor',
  'font-weight',
] as const;
const headHeight = 32;
const footHeight = 24;

/** The drawing with a title above and a note below, as it looks now; what is marked `data-tool` only serves the pointer. */
export async function drawnFile(drawing: SVGSVGElement, words: { title: string; note: string }): Promise<ChartPicture> {
  const { width, height } = drawing.viewBox.baseVal;
  const whole = { width: Math.ceil(width), height: Math.ceil(height) + headHeight + footHeight };
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  writeLooks(drawing, copy);
  for (const tool of copy.querySelectorAll('[data-tool]')) tool.remove();
  const { color, fontFamily } = getComputedStyle(drawing);
  const paper = plainColour(getComputedStyle(document.body).backgroundColor);
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${whole.width}" height="${whole.height}" viewBox="0 0 ${whole.width} ${whole.height}" font-family="${escaped(fontFamily)}" font-size="11" fill="${plainColour(color)}">`,
    `<rect width="${whole.width}" height="${whole.height}" fill="${paper}"/>`,
    `<text x="12" y="20" font-size="13" font-weight="600">${escaped(words.title)}</text>`,
    `<g transform="translate(0 ${headHeight})">${inner(copy)}</g>`,
    `<text x="12" y="${whole.height - 8}">${escaped(words.note)}</text>`,
    '</svg>',
  ].join('\n');
  return { svg, png: await chartPng(svg, whole).catch(() => null) };
}

/** As XML: the text of a page's element may hold what a file may not. */
function inner(copy: SVGSVGElement): string {
  const serializer = new XMLSerializer();
  const text = [...copy.childNodes].map((node) => serializer.serializeToString(node)).join('');
  // Each part names the namespace that the whole has named already.
  return text.replaceAll(' xmlns="http://www.w3.org/2000/svg"', '');
}

function writeLooks(from: Element, to: Element): void {
  const look = getComputedStyle(from);
  for (const name of written) {
    const value = look.getPropertyValue(name);
    if (value !== '') to.setAttribute(name, name === 'fill' || name === 'stroke' ? plainColour(value) : value);
  }
  to.removeAttribute('class');
  to.removeAttribute('style');
  for (const [index, child] of [...from.children].entries()) {
    const other = to.children[index];
    if (other !== undefined) writeLooks(child, other);
  }
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
