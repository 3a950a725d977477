// A cell's text while it is edited in place.
import { type KeyboardEvent, useEffect, useRef } from 'react';

/** Enter and leaving keep what was typed, Esc does not: then `onDone` is told null. */
export function EditField(props: { label: string; text: string; onDone: (text: string | null) => void }) {
  const field = useRef<HTMLInputElement>(null);
  const isDone = useRef(false);
  useEffect(() => {
    field.current?.focus({ preventScroll: true });
    field.current?.select();
  }, []);
  const done = (text: string | null): void => {
    if (isDone.current) return;
    isDone.current = true;
    props.onDone(text);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    event.stopPropagation();
    if (event.key === 'Enter') done(event.currentTarget.value);
    else if (event.key === 'Escape') done(null);
    else return;
    event.preventDefault();
  };
  return (
    <input
      ref={field}
      className="field edit"
      aria-label={props.label}
      defaultValue={props.text}
      onKeyDown={onKeyDown}
      onBlur={(event) => done(event.currentTarget.value)}
    />
  );
}
