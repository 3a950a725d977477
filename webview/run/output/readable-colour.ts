// A terminal's colours on the panel's paper, brought towards the text's own colour until they can be read.
import type { CSSProperties } from 'react';
import type { TextLook } from './sgr';

const names = ['Black', 'Red', 'Green', 'Yellow', 'Blue', 'Magenta', 'Cyan', 'White'];
const cube = [0, 95, 135, 175, 215, 255];
/** What WCAG asks of text at level AA. */
const leastContrast = 4.5;
/** Shares of the asked colour, in percent, tried in this order. */
const shares = [100, 85, 70, 55, 40, 25, 10, 0];

const known = new Map<string, string>();
let theme = '';

/** The style of text with this look; `box` is where it will stand. */
export function styleOf(look: TextLook, box: Element): CSSProperties {
  forgetOldTheme();
  const isTurned = look.marks.includes(7);
  const ground = colourOf(look.ground);
  const lines = [look.marks.includes(4) ? 'underline' : '', look.marks.includes(9) ? 'line-through' : ''].filter(
    Boolean,
  );
  return {
    ...(look.ink === '' ? {} : { color: readable(look.ink, box) }),
    ...(ground === undefined ? {} : { background: `color-mix(in srgb, ${ground} 28%, transparent)`, color: 'inherit' }),
    ...(isTurned ? { background: 'var(--ink)', color: 'var(--paper)' } : {}),
    ...(look.marks.includes(1) ? { fontWeight: 600 } : {}),
    ...(look.marks.includes(3) ? { fontStyle: 'italic' } : {}),
    ...(lines.length === 0 ? {} : { textDecoration: lines.join(' ') }),
  };
}

function readable(code: string, box: Element): string {
  const seen = known.get(code);
  if (seen !== undefined) return seen;
  const asked = colourOf(code);
  const paper = luminance(groundBehind(box));
  const mixes = shares.map((share) => `color-mix(in srgb, ${asked} ${share}%, var(--ink))`);
  const probe = document.createElement('span');
  document.body.append(probe);
  const found = mixes.find((mix) => {
    probe.style.color = mix;
    return contrast(luminance([getComputedStyle(probe).color]), paper) >= leastContrast;
  });
  probe.remove();
  const chosen = asked === undefined ? 'inherit' : (found ?? 'inherit');
  known.set(code, chosen);
  return chosen;
}

function colourOf(code: string): string | undefined {
  const [first = Number.NaN, ...rest] = code.split(';').map(Number);
  if (code === '') return undefined;
  if (first === 2) return mixed(rest);
  if (first === 5) return indexed(rest[0] ?? 0);
  return first >= 90 ? themed(first - 90 + 8) : themed(first - 30);
}

function indexed(index: number): string {
  if (index < 16) return themed(index);
  if (index >= 232) return mixed(Array(3).fill(8 + 10 * (index - 232)));
  const place = index - 16;
  return mixed([Math.floor(place / 36), Math.floor(place / 6) % 6, place % 6].map((level) => cube[level] ?? 0));
}

function themed(index: number): string {
  return `var(--vscode-terminal-ansi${index < 8 ? '' : 'Bright'}${names[index % 8]}, currentColor)`;
}

function mixed(parts: readonly number[]): string {
  return `color(srgb ${parts.map((part) => (part / 255).toFixed(4)).join(' ')})`;
}

/** The grounds below an element, from the page up: each may let the one below show through. */
function groundBehind(box: Element): string[] {
  const grounds: string[] = [];
  for (let element: Element | null = box; element !== null; element = element.parentElement) {
    grounds.unshift(getComputedStyle(element).backgroundColor);
  }
  return grounds;
}

/** Painted one over the other on one pixel: the browser reads every form a colour can have. */
function luminance(colours: readonly string[]): number {
  const pixel = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  if (pixel === null) return 0;
  for (const colour of colours) {
    pixel.fillStyle = colour;
    pixel.fillRect(0, 0, 1, 1);
  }
  const [red = 0, green = 0, blue = 0] = [...pixel.getImageData(0, 0, 1, 1).data].map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: number, other: number): number {
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

function forgetOldTheme(): void {
  const now = document.body.dataset.vscodeThemeId ?? '';
  if (now === theme) return;
  theme = now;
  known.clear();
}
