// A chart as a drawing that stands for itself: title, names of its curves, axes, everything in the theme's colours.

import { markColour, markSign } from '../../../../src/protocol/runs/mark-signs';
import type { ChartAxis } from '../../../../src/protocol/series';
import { axisHead } from '../axis';
import type { ChartColours } from '../colours';
import { type ChartView, type Curve, lineOf, markDash, type Range } from '../curve';
import { across, down, type Geometry, plotGeometry } from '../geometry';
import { bandPath } from '../plot/band';
import { linePath } from '../plot/line-path';
import { hasPlace } from '../scale';
import { placeTicks, placeTickText, valueTicks, valueTickTexts } from '../ticks';

export interface ChartDrawing {
  /** What stands above the curves' names: the run. */
  title: string;
  /** What stands below it: what the axes cannot show, and how the curves were smoothed. */
  foot: string;
  curves: readonly Curve[];
  view: ChartView;
  range: Range;
  colours: ChartColours;
}

/** Size of the drawing in CSS pixels. */
export const drawingSize = { width: 800, height: 400 };
/** Height of the title with one line of names, and of each further line. */
const [oneLineHead, nameLine] = [56, 16];
const footHeight = 20;
/** Height of a line of the foot, and how many letters find room in it. */
const [lineHeight, lineLetters] = [14, 120];

/** The chart as the text of an SVG file. */
export function chartSvg(drawing: ChartDrawing): string {
  const { curves, view, range, colours, title, foot } = drawing;
  const { width, height } = drawingSize;
  const names = legend(curves, colours);
  const headHeight = oneLineHead + (names.lines - 1) * nameLine;
  const lines = linesOf(foot);
  const below = footHeight + lines.length * lineHeight;
  const plot = plotGeometry({ ...view, width, range, height: height - headHeight - below }, curves);
  const clip = `<clipPath id="plot"><rect x="${plot.left}" y="${plot.top}" width="${plot.right - plot.left}" height="${plot.bottom - plot.top}"/></clipPath>`;
  const body = [
    ...grid(plot, view.axis, colours),
    `<g clip-path="url(#plot)">`,
    ...curves.flatMap((curve) => drawnLines(curve, plot, colours)),
    '</g>',
    ...curves.map((curve) => endOf(curve, plot, colours)),
    ...signs(curves, plot, colours),
  ];
  const middle = (plot.left + plot.right) / 2;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${escaped(colours.font)}" font-size="11" fill="${colours.text}">`,
    `<defs>${clip}</defs><rect width="${width}" height="${height}" fill="${colours.paper}"/>`,
    `<text x="16" y="20" font-size="13" font-weight="600">${escaped(title)}</text>`,
    ...names.parts,
    `<g transform="translate(0 ${headHeight})">`,
    ...body,
    '</g>',
    `<text x="${middle}" y="${height - below + footHeight - 6}" text-anchor="middle">${escaped(axisHead(view))}</text>`,
    ...lines.map((line, index) => {
      const y = height - 6 - (lines.length - 1 - index) * lineHeight;
      return `<text x="${width - 16}" y="${y}" text-anchor="end">${escaped(line)}</text>`;
    }),
    '</svg>',
  ].join('\n');
}

/** A text in lines that find room, broken between words; none of an empty one. */
function linesOf(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ').filter(Boolean)) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length >= lineLetters) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

/** Names beside their signs, in as many lines as they need; about seven pixels a letter. */
function legend(curves: readonly Curve[], colours: ChartColours): { parts: string[]; lines: number } {
  let [left, lines] = [20, 1];
  const parts = curves.map(({ series, mark }) => {
    const width = 32 + series.key.length * 7;
    if (left > 20 && left + width > drawingSize.width) [left, lines] = [20, lines + 1];
    const place = `translate(${left} ${38 + (lines - 1) * nameLine})`;
    left += width;
    return `<g transform="${place}">${sign(mark, colours)}<text x="10" y="4">${escaped(series.key)}</text></g>`;
  });
  return { parts, lines };
}

function grid(plot: Geometry, axis: ChartAxis, colours: ChartColours): string[] {
  const values = valueTicks(plot);
  const texts = valueTickTexts(values, plot.scaleY);
  const rows = values.map((value, index) => {
    const y = rounded(down(plot, value));
    return `<path d="M${plot.left} ${y}H${plot.right}" stroke="${colours.grid}"/><text x="${plot.left - 6}" y="${y + 4}" text-anchor="end">${escaped(texts[index] ?? '')}</text>`;
  });
  const columns = placeTicks(axis, plot).map(
    (x) =>
      `<text x="${rounded(across(plot, x))}" y="${plot.bottom + 16}" text-anchor="middle">${escaped(placeTickText(axis, x, plot))}</text>`,
  );
  return [...rows, ...columns];
}

function drawnLines({ series, mark }: Curve, plot: Geometry, colours: ChartColours): string[] {
  const colour = colours.marks[markColour(mark)];
  const dash = markDash(mark);
  const band = `<path d="${bandPath(plot, series)}" fill="${colour}" stroke="${colour}" opacity="0.2"/>`;
  const path = (values: readonly number[]): string => linePath(plot, series.x, values);
  const raw =
    series.smooth.length > 0 ? [`<path d="${path(series.last)}" fill="none" stroke="${colour}" opacity="0.35"/>`] : [];
  const dashes = dash.length === 0 ? '' : ` stroke-dasharray="${dash.join(' ')}"`;
  const strong = `<path d="${path(lineOf(series))}" fill="none" stroke="${colour}" stroke-width="1.5" stroke-linejoin="round"${dashes}/>`;
  return [band, ...raw, strong];
}

function endOf({ series, mark }: Curve, plot: Geometry, colours: ChartColours): string {
  const [x, y] = [series.x.at(-1), lineOf(series).at(-1)];
  if (x === undefined || y === undefined || x < plot.from || x > plot.to || !hasPlace(plot.scaleY, y)) return '';
  return `<g transform="translate(${point(plot, x, y)})">${sign(mark, colours)}</g>`;
}

function sign(mark: number, colours: ChartColours): string {
  const { path, isFilled } = markSign(mark);
  const colour = colours.marks[markColour(mark)];
  return `<path d="${path}" fill="${isFilled ? colour : colours.paper}" stroke="${colour}"/>`;
}

function signs(curves: readonly Curve[], plot: Geometry, colours: ChartColours): string[] {
  const places = curves.flatMap(({ shown }) => shown.marks.map(({ x }) => rounded(across(plot, x))));
  return places.map((x) => `<path d="M${x - 4} ${plot.bottom}h8l-4-6z" fill="none" stroke="${colours.caution}"/>`);
}

function point(plot: Geometry, x: number, y: number): string {
  return `${rounded(across(plot, x))} ${rounded(down(plot, y))}`;
}

function rounded(pixel: number): number {
  return Math.round(pixel * 100) / 100;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
