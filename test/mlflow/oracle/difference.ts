// Two answers to one request, compared field by field in Slipway's ids.
import type { Correspondence, Json } from './correspondence';
import type { Answer, Exchange } from './exchange';

/** One field in which the answers differ. `field` is its path (`body.run.info.status`); what one lacks is undefined. */
export interface Difference {
  request: string;
  field: string;
  mlflow: Json | undefined;
  slipway: Json | undefined;
}

/** The parsed answer: a body of JSON, or its text, in which every byte is a character. */
export function parsed({ type, body }: Answer): Json {
  if (type !== 'application/json') return body.toString('latin1');
  const exact = (_key: string, value: Json, context?: { source?: string }): Json =>
    typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER && /^-?\d+$/.test(context?.source ?? '')
      ? (context?.source ?? value)
      : value;
  try {
    return JSON.parse(body.toString(), exact);
  } catch {
    return body.toString('latin1');
  }
}

/** Every difference of an exchange. Lists that `hasNoOrder` says so of are compared as sets. */
export function differences(
  exchange: Exchange,
  known: Correspondence,
  hasNoOrder: (field: string) => boolean,
): Difference[] {
  const { question, mlflow, slipway } = exchange;
  const request = `${question.method} ${decodeURIComponent(question.path.split('?')[0] ?? '')}`;
  const whole = (answer: Answer, body: Json): Json => {
    const sent = Object.entries(answer.headers).filter(([, value]) => value !== undefined);
    return { status: answer.status, type: answer.type, headers: Object.fromEntries(sent) as Json, body };
  };
  const translated = JSON.parse(known.translate(JSON.stringify(whole(mlflow, parsed(mlflow))))) as Json;
  const found: Difference[] = [];
  const walk = (a: Json | undefined, b: Json | undefined, field: string): void => {
    if (a === b) return;
    if (Array.isArray(a) && Array.isArray(b) && a.length === b.length) {
      const [one, other] = hasNoOrder(field) ? [inOrder(a), inOrder(b)] : [a, b];
      one.forEach((value, i) => {
        walk(value, other[i], `${field}.${i}`);
      });
    } else if (isRecord(a) && isRecord(b)) {
      for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
        walk(a[key], b[key], field === '' ? key : `${field}.${key}`);
      }
    } else if (typeof a !== 'number' || typeof b !== 'number' || !known.isSameTime(field, a, b)) {
      found.push({ request, field, mlflow: a, slipway: b });
    }
  };
  walk(translated, whole(slipway, parsed(slipway)), '');
  return found;
}

function isRecord(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function inOrder(list: Json[]): Json[] {
  return [...list].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}
