// The curves of both sides as drawings for a report: no script, and colours are the reader's.
import type { ErrorSummary } from '../evidence/error-summary';
import type { DrawnCurve } from '../evidence/prediction-evidence';

/** In CSS pixels. */
const size = { width: 300, height: 260, left: 40, right: 10, top: 24, bottom: 40 };

/** Markup of both curves; empty where there are none. Nothing in it comes from a name. */
export function curveDrawings(errors: ErrorSummary | null): string {
  const curves = errors?.curves ?? null;
  if (curves === null) return '';
  const { baseline, candidate } = curves;
  const drawn = [
    drawing('ROC', ['false positive rate', 'true positive rate'], [baseline.roc, candidate.roc]),
    drawing('Precision and recall', ['recall', 'precision'], [baseline.precisionRecall, candidate.precisionRecall]),
  ].join('');
  return drawn === ''
    ? ''
    : `<div class="curves">${drawn}</div><p class="muted">Solid: baseline. Dashed: candidate.</p>`;
}

function drawing(
  title: string,
  [x, y]: readonly [string, string],
  [baseline, candidate]: readonly [readonly DrawnCurve[], readonly DrawnCurve[]],
): string {
  if (baseline.length + candidate.length === 0) return '';
  const { width, height, left, right, top, bottom } = size;
  const [middle, centre] = [(left + width - right) / 2, (top + height - bottom) / 2];
  const path = (curves: readonly DrawnCurve[], side: string): string =>
    curves.length === 0 ? '' : `<path class="${side}" d="${curves.map(pathOf).join('')}"/>`;
  return `<svg role="img" aria-label="${title}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">
<text x="${left}" y="14" class="title">${title}</text>${[0, 0.5, 1].map(gridLine).join('')}
<text x="${middle}" y="${height - 6}" text-anchor="middle">${x}</text>
<text x="10" y="${centre}" text-anchor="middle" transform="rotate(-90 10 ${centre})">${y}</text>
${path(baseline, 'one')}${path(candidate, 'other')}</svg>`;
}

function across(value: number): number {
  return round(size.left + value * (size.width - size.left - size.right));
}

function down(value: number): number {
  return round(size.height - size.bottom - value * (size.height - size.top - size.bottom));
}

function gridLine(value: number): string {
  const [x, y] = [across(value), down(value)];
  const { left, right, width, height, bottom } = size;
  return `<path class="grid" d="M${left} ${y}H${width - right}"/><text x="${left - 4}" y="${y + 4}" text-anchor="end">${value}</text><text x="${x}" y="${height - bottom + 14}" text-anchor="middle">${value}</text>`;
}

function pathOf({ x, y }: DrawnCurve): string {
  return x.map((value, place) => `${place === 0 ? 'M' : 'L'}${across(value)} ${down(y[place] ?? 0)}`).join('');
}

function round(pixel: number): number {
  return Math.round(pixel * 10) / 10;
}
