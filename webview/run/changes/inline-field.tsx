// One line of text, changed where it stands.
import { type KeyboardEvent, useLayoutEffect, useRef } from 'react';

/** Enter or leaving keeps what was typed, Esc gives it up; `onDone` is told null then, and when nothing changed. */
export function InlineField(props: {
  label: string;
  value: string;
  /** Stands in the empty field. */
  hint?: string;
  onDone: (text: string | null) => void;
}) {
  const field = useRef<HTMLInputElement>(null);
  const isDone = useRef(false);
  useLayoutEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  const finish = (text: string | null): void => {
    if (isDone.current) return;
    isDone.current = true;
    props.onDone(text === null || text === props.value ? null : text);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    event.stopPropagation();
    if (event.key === 'Enter') finish(event.currentTarget.value);
    if (event.key === 'Escape') finish(null);
  };
  return (
    <input
      ref={field}
      className="field"
      aria-label={props.label}
      placeholder={props.hint}
      defaultValue={props.value}
      onKeyDown={onKeyDown}
      onBlur={(event) => finish(event.currentTarget.value)}
    />
  );
}
