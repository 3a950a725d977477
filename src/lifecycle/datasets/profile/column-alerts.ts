// What of one column is worth a look before a model learns from it.
import type { ProfileAlert, ProfileColumn } from '../../../protocol/datasets/table/profile';
import { shareText } from './share-text';

/**
 * What the texts of a column look like: shares of those tried, what is no number among them, and values that differ in
 * writing only.
 */
export interface Looks {
  numbers: number;
  dates: number;
  commas: { share: number; example: string | null };
  others: { count: number; example: string | null; isAll: boolean };
  variants: { groups: string[][]; count: number };
}

type Judged = Omit<ProfileColumn, 'alerts'>;

const missingShare = 0.05;
const zeroShare = 0.3;
/** Of ydata-profiling: skewness beyond 20, and more than half of the entropy missing. */
const mostSkewness = 20;
const mostImbalance = 0.5;
const looksShare = 0.95;
const mostClasses = 20;
/** In fewer rows values differ by chance. */
const leastUnique = 10;
/** Shorter texts are of one length by chance. */
const leastLength = 4;

/** The gravest first. `rows` is how many the table has. */
export function columnAlerts(column: Judged, rows: number, looks: Looks | null): ProfileAlert[] {
  if (rows === 0) return [];
  if (column.nulls === rows) return [{ kind: 'empty', level: 'warning', text: 'has no value' }];
  const found = [...constant(column, rows), ...missing(column, rows), ...numbers(column, rows)];
  return [...found, ...categories(column, rows), ...texts(column, looks), ...unique(column, rows)];
}

function constant({ distinct, isDistinctExact, nulls, top }: Judged, rows: number): ProfileAlert[] {
  if (distinct !== 1 || !isDistinctExact || rows < 2) return [];
  const value = top[0] === undefined ? '' : `: ${shortened(top[0].value)}`;
  return [{ kind: 'constant', level: 'warning', text: nulls === 0 ? `constant${value}` : `one value or none${value}` }];
}

function missing({ nulls }: Judged, rows: number): ProfileAlert[] {
  return nulls / rows < missingShare
    ? []
    : [{ kind: 'missing', level: 'warning', text: `${shareText(nulls / rows)} null` }];
}

function numbers({ numbers, distinct }: Judged, rows: number): ProfileAlert[] {
  if (numbers === null || distinct < 2) return [];
  const { infinite, zeros, skewness } = numbers;
  const alerts: ProfileAlert[] = [];
  if (infinite > 0) alerts.push({ kind: 'infinite', level: 'warning', text: `infinite in ${counted(infinite)}` });
  // Of a flag, zero is one of its two values.
  if (distinct > 2 && zeros / rows >= zeroShare) {
    alerts.push({ kind: 'zeros', level: 'info', text: `zero in ${shareText(zeros / rows)} of rows` });
  }
  if (skewness !== null && Math.abs(skewness) > mostSkewness) {
    alerts.push({ kind: 'skewed', level: 'warning', text: `skewed: ${skewness.toFixed(1).replace('-', '−')}` });
  }
  return alerts;
}

function categories({ kind, distinct, nulls, top }: Judged, rows: number): ProfileAlert[] {
  const isCategory = kind === 'text' || kind === 'boolean';
  const first = top[0];
  if (!isCategory || first === undefined || distinct < 2 || distinct > mostClasses) return [];
  const filled = rows - nulls;
  const entropy = top.reduce((sum, { rows: count }) => sum - (count / filled) * Math.log2(count / filled), 0);
  if (1 - entropy / Math.log2(distinct) <= mostImbalance) return [];
  const text = `${shortened(first.value)} in ${shareText(first.rows / filled)} of rows`;
  return [{ kind: 'imbalanced', level: 'warning', text }];
}

function texts({ texts, distinct }: Judged, looks: Looks | null): ProfileAlert[] {
  if (texts === null || looks === null) return [];
  const alerts: ProfileAlert[] = [];
  const numberText = numbersAsText(looks);
  if (numberText !== undefined) alerts.push({ kind: 'number as text', level: 'warning', text: numberText });
  else if (looks.dates >= looksShare)
    alerts.push({ kind: 'date as text', level: 'warning', text: 'dates kept as text' });
  const [group] = looks.variants.groups;
  if (group !== undefined && numberText === undefined) {
    const more = looks.variants.count > 1 ? `, and ${looks.variants.count - 1} more` : '';
    const text = `written in several ways: ${group.map(shortened).join(', ')}${more}`;
    alerts.push({ kind: 'variants', level: 'warning', text });
  }
  if (texts.shortest === texts.longest && texts.longest >= leastLength && distinct > 1) {
    const text = `${texts.longest} characters each`;
    alerts.push({ kind: 'constant length', level: 'info', text });
  }
  return alerts;
}

/** Undefined where they are no numbers. */
function numbersAsText({ numbers, commas, others: { count, example, isAll } }: Looks): string | undefined {
  if (numbers >= looksShare) {
    if (count === 0 || example === null) return 'numbers kept as text';
    if (count === 1 && isAll) return `numbers kept as text, but for ${shortened(example)}`;
    const many = `${isAll ? '' : 'at least '}${count.toLocaleString('en-US')}`;
    return `numbers kept as text, but for ${many} such as ${shortened(example)}`;
  }
  if (commas.example === null || commas.share < looksShare) return undefined;
  return `numbers with commas kept as text, such as ${shortened(commas.example)}`;
}

function unique({ kind, distinct, isDistinctExact, nulls }: Judged, rows: number): ProfileAlert[] {
  // Measured numbers rarely repeat, and that says nothing.
  if (
    kind === 'number' ||
    kind === 'boolean' ||
    !isDistinctExact ||
    distinct < leastUnique ||
    distinct !== rows - nulls
  )
    return [];
  return [
    {
      kind: 'unique',
      level: 'info',
      text: nulls === 0 ? 'another value in every row' : 'all values that are not null differ',
    },
  ];
}

function counted(rows: number): string {
  return rows === 1 ? '1 row' : `${rows.toLocaleString('en-US')} rows`;
}

function shortened(value: string): string {
  const characters = [...value];
  const text = characters.length > 30 ? `${characters.slice(0, 29).join('')}…` : value;
  return text === '' || /^\s|\s$/.test(text) ? `“${text}”` : text;
}
