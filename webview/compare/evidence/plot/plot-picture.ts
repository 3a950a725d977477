// A plot for a file: the drawing on the page with its title and the names of both sides above it.

import { markColour, markSign } from '../../../../src/protocol/runs/mark-signs';
import type { ChartColours } from '../../../kit/chart/colours';
import { chartPng } from '../../../kit/chart/export/chart-png';
import type { PlotSide } from './plot';

const headHeight = 48;
const space = 'http://www.w3.org/2000/svg';

/** What stands above the drawing. */
export interface PictureHead {
  title: string;
  sides: readonly Pick<PlotSide, 'mark' | 'name'>[];
  colours: ChartColours;
}

/** `png` is base64, null where the page cannot make pixels. */
export async function plotPicture(
  drawing: SVGSVGElement,
  { title, sides, colours }: PictureHead,
): Promise<{ svg: string; png: string | null }> {
  const [width, height] = [drawing.width.baseVal.value, drawing.height.baseVal.value + headHeight];
  const whole = element('svg', { width, height, viewBox: `0 0 ${width} ${height}` });
  for (const name of ['font-family', 'font-size', 'fill']) whole.setAttribute(name, drawing.getAttribute(name) ?? '');
  const body = drawing.cloneNode(true) as SVGSVGElement;
  body.removeAttribute('class');
  body.setAttribute('y', String(headHeight));
  whole.append(element('rect', { width, height, fill: colours.paper }), words(title, 8, 18, true));
  for (const [place, side] of sides.entries()) {
    const left = 16 + place * ((width - 16) / 2);
    const colour = colours.marks[markColour(side.mark)] ?? colours.text;
    const { path, isFilled } = markSign(side.mark);
    const fill = isFilled ? colour : colours.paper;
    whole.append(
      element('path', { d: path, fill, stroke: colour, transform: `translate(${left} 34)` }),
      words(side.name, left + 10, 38, false),
    );
  }
  whole.append(body);
  const svg = new XMLSerializer().serializeToString(whole);
  return { svg, png: await chartPng(svg, { width, height }).catch(() => null) };
}

function words(text: string, x: number, y: number, isTitle: boolean): SVGElement {
  const made = element('text', { x, y, ...(isTitle ? { 'font-size': 13, 'font-weight': 600 } : {}) });
  made.textContent = text;
  return made;
}

function element(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const made = document.createElementNS(space, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}
