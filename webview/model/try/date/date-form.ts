// How a date or time stands in a value that is no date: a text, days, or the time since 1970, as the training column has it.
import type { ColumnFacts } from '../../../../src/protocol/datasets/table/column-facts';
import type { TensorElement } from '../../../../src/protocol/inference/tensor';

/** `control` is the native one. `read` gives what it shows of a value, null for none; `write` what is sent for it. */
export interface DateForm {
  control: 'date' | 'datetime-local';
  read: (text: string) => string | null;
  /** Takes what the control gives, or a date as the workspace writes it; null for none. */
  write: (shown: string) => string | null;
  /** In a few words, where the value alone does not tell: `milliseconds since 1970, UTC`. */
  said: string;
}

/** Of a value, and what it is called. */
interface DatedField {
  element: TensorElement;
  label: string;
}

const datedName = /date|time|day|_at$|_on$/i;

/** Null where the column holds no dates, or where their form is not known. */
export function dateForm(facts: ColumnFacts, { element, label }: DatedField): DateForm | null {
  const { kind, written, middle, values } = facts;
  const isDated = kind === 'date' || kind === 'timestamp';
  if (element === 'string') {
    if (isDated) return textForm(written ?? '') ?? textForm(middle ?? '');
    // Numbers of eight digits are dates only where the name says so.
    const areDates = kind === 'text' || (kind === 'integer' && datedName.test(label));
    const tried = values.slice(0, 20);
    return areDates && tried.every((value) => textForm(value) !== null) ? textForm(tried[0] ?? '') : null;
  }
  if (element !== 'int64' && element !== 'int32' && element !== 'float64') return null;
  if (isDated) return kind === 'date' && element === 'int32' ? epochForm('days') : epochForm('nanoseconds');
  if (kind !== 'integer' || !datedName.test(label)) return null;
  return numberForm(facts);
}

const iso = /^(\d{4})([-/]?)(\d\d)\2(\d\d)(?:([ T])(\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?(Z|[+-]\d\d(?::?\d\d)?)?)?$/;
const dotted = /^(\d\d)\.(\d\d)\.(\d{4})$/;

/** A form as one of its texts shows it: ISO 8601, with slashes, without signs, or as Germans write it. */
function textForm(sample: string): DateForm | null {
  if (dotted.test(sample)) {
    return {
      control: 'date',
      read: (text) => text.match(dotted)?.slice(1, 4).reverse().join('-') ?? null,
      write: (shown) =>
        shown
          .match(/^(\d{4})-(\d\d)-(\d\d)/)
          ?.slice(1, 4)
          .reverse()
          .join('.') ?? null,
      said: '',
    };
  }
  const [, , mark = '-', month, day, gap, , , seconds, fraction = '', zone = ''] = iso.exec(sample) ?? [];
  if (month === undefined || Number(month) > 12 || Number(day) > 31 || Number(month) < 1) return null;
  const isTimed = gap !== undefined;
  return {
    control: isTimed ? 'datetime-local' : 'date',
    read: (text) => shownText(text, isTimed),
    write: (given) => {
      const shown = shownText(given, isTimed);
      if (shown === null) return null;
      const [date = '', time = ''] = shown.split('T');
      const marked = date.replaceAll('-', mark);
      const clock = seconds === undefined ? time.slice(0, 5) : time.length === 5 ? `${time}:00` : time;
      return isTimed ? `${marked}${gap}${clock}${fraction.replaceAll(/\d/g, '0')}${zone}` : marked;
    },
    said: '',
  };
}

/** As the native controls have it: `2013-01-31`, `2013-01-31T05:00` with seconds where there are some. */
function shownText(text: string, isTimed: boolean): string | null {
  const [, year, , month, day, , hour = '00', minute = '00', seconds] = iso.exec(text.trim()) ?? [];
  if (year === undefined) return null;
  const date = `${year}-${month}-${day}`;
  if (!isTimed) return date;
  return `${date}T${hour}:${minute}${seconds === undefined || seconds === '00' ? '' : `:${seconds}`}`;
}

const day = 86_400_000;
/** Milliseconds, as a share. */
const units = {
  days: { over: BigInt(day), under: 1n },
  seconds: { over: 1000n, under: 1n },
  milliseconds: { over: 1n, under: 1n },
  microseconds: { over: 1n, under: 1000n },
  nanoseconds: { over: 1n, under: 1_000_000n },
} as const;
type Unit = keyof typeof units;

/** Whole numbers that lie between 1980 and 2100 in one of the units, or are written as 20130131. */
function numberForm({ least, most }: ColumnFacts): DateForm | null {
  const [low, high] = [least ?? '', most ?? ''];
  if (/^(19|20)\d{6}$/.test(low) && /^(19|20)\d{6}$/.test(high) && textForm(low) !== null && textForm(high) !== null)
    return textForm(high);
  const [first, last] = [Date.UTC(1980, 0), Date.UTC(2100, 0)];
  const isUnit = (unit: Unit): boolean =>
    [low, high].every((end) => /^\d+$/.test(end) && within(Number(end), unit, [first, last]));
  // Days lie where small counts do.
  const unit = (['seconds', 'milliseconds', 'microseconds', 'nanoseconds'] as const).find(isUnit);
  return unit === undefined ? null : epochForm(unit);
}

function within(value: number, unit: Unit, [first, last]: readonly [number, number]): boolean {
  const { over, under } = units[unit];
  const moment = (value * Number(over)) / Number(under);
  return moment >= first && moment <= last;
}

function epochForm(unit: Unit): DateForm {
  const { over, under } = units[unit];
  const isDay = unit === 'days';
  return {
    control: isDay ? 'date' : 'datetime-local',
    read: (text) => {
      if (!/^-?\d+$/.test(text.trim())) return null;
      const moment = new Date(Number((BigInt(text.trim()) * over) / under));
      if (Number.isNaN(moment.getTime()) || moment.getUTCFullYear() > 9999) return null;
      return shownText(moment.toISOString(), !isDay);
    },
    write: (given) => {
      const shown = shownText(given, true);
      const moment = shown === null ? Number.NaN : Date.parse(`${shown}Z`);
      return Number.isNaN(moment) ? null : ((BigInt(moment) * under) / over).toString();
    },
    said: `${unit} since 1970${isDay ? '' : ', UTC'}`,
  };
}
