// Text changed where it stands: one line, or several where there are several already.
import { type FocusEvent, type KeyboardEvent, useLayoutEffect, useRef } from 'react';
import { keepInField } from '../../kit/field-keys';

const mostRows = 8;

type Field = HTMLInputElement | HTMLTextAreaElement;

/**
 * Enter or leaving keeps what was typed, Esc gives it up; `onDone` is told null then, and when nothing changed. Text
 * with line breaks keeps them: there Enter breaks the line, and Ctrl+Enter keeps.
 */
export function InlineField(props: {
  label: string;
  value: string;
  /** Stands in the empty field. */
  hint?: string;
  onDone: (text: string | null) => void;
}) {
  const field = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const first = useRef(props.value);
  const isDone = useRef(false);
  const hasLines = /[\r\n]/.test(first.current);
  useLayoutEffect(() => {
    if (field.current === null) return;
    // A field may show text otherwise than it was: what nobody typed is no change.
    first.current = field.current.value;
    field.current.focus();
    field.current.select();
  }, []);
  const finish = (text: string | null): void => {
    const isLate = isDone.current;
    isDone.current = true;
    if (!isLate) props.onDone(text === null || text === first.current ? null : text);
  };
  const onKeyDown = (event: KeyboardEvent<Field>): void => {
    keepInField(event);
    const isKept = !hasLines || event.ctrlKey || event.metaKey;
    if (event.key === 'Enter' && isKept) finish(event.currentTarget.value);
    if (event.key === 'Escape') finish(null);
  };
  const shared = {
    ref: field,
    className: 'field',
    'aria-label': props.label,
    placeholder: props.hint,
    defaultValue: props.value,
    onKeyDown,
    onBlur: (event: FocusEvent<Field>) => finish(event.currentTarget.value),
  };
  return hasLines ? <textarea {...shared} rows={rowsOf(props.value)} /> : <input {...shared} />;
}

function rowsOf(text: string): number {
  return Math.min(mostRows, text.split(/\r\n?|\n/).length);
}
