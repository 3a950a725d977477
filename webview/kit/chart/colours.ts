// A canvas cannot read CSS variables, so the theme's colours are resolved for it, and again when the theme changes.
import { useSyncExternalStore } from 'react';

/** What a chart paints with; every value is a resolved CSS colour. */
export interface ChartColours {
  /** Of the curves of one chart, in their order. */
  marks: readonly string[];
  grid: string;
  text: string;
  caution: string;
  paper: string;
  font: string;
}

const variables = {
  grid: '--grid-line',
  text: '--quiet',
  caution: '--caution',
  paper: '--paper',
} as const;
const marks = ['--mark-0', '--mark-1', '--mark-2', '--mark-3', '--mark-4', '--mark-5'];

let known: ChartColours | undefined;

function read(): ChartColours {
  const probe = document.createElement('span');
  document.body.append(probe);
  const resolve = (variable: string): string => {
    probe.style.color = `var(${variable})`;
    return plainColour(getComputedStyle(probe).color);
  };
  const colours = {
    ...(Object.fromEntries(Object.entries(variables).map(([name, variable]) => [name, resolve(variable)])) as Record<
      keyof typeof variables,
      string
    >),
    marks: marks.map(resolve),
    font: getComputedStyle(document.body).fontFamily,
  };
  probe.remove();
  return colours;
}

/** A mixed colour comes as `color(srgb 0.65 0.66 0.67)`, which programs that read an exported drawing do not know. */
export function plainColour(colour: string): string {
  const found = /^color\(srgb (\S+) (\S+) (\S+?)(?: \/ (\S+))?\)$/.exec(colour);
  if (found === null) return colour;
  const parts = found.slice(1).filter((part) => part !== undefined);
  const byte = (part: string): number => Math.round(Math.min(1, Math.max(0, Number(part))) * 255);
  return `#${parts.map((part) => byte(part).toString(16).padStart(2, '0')).join('')}`;
}

function subscribe(listener: () => void): () => void {
  const observer = new MutationObserver(() => {
    known = undefined;
    listener();
  });
  // VS Code changes both when the theme changes: the class of the body, the variables on the root.
  observer.observe(document.body, { attributeFilter: ['class'] });
  observer.observe(document.documentElement, { attributeFilter: ['style'] });
  return () => observer.disconnect();
}

function snapshot(): ChartColours {
  known ??= read();
  return known;
}

/** The colours of the current theme. */
export function useChartColours(): ChartColours {
  return useSyncExternalStore(subscribe, snapshot);
}
