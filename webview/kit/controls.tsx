// Buttons, links and fields: native elements in the look of VS Code's own (controls.css).
import type { KeyboardEvent, ReactNode } from 'react';

interface ActProps {
  /** What happens, in Title Case on a button; also the name for screen readers when only an icon is shown. */
  label: string;
  onAct: () => void;
  children?: ReactNode;
}

interface ButtonProps extends ActProps {
  /** At most one of a panel. */
  primary?: boolean;
  /** True for the moment in which it cannot act yet. */
  disabled?: boolean;
}

/** A button that acts. */
export function Button({ label, onAct, children, primary = false, disabled = false }: ButtonProps) {
  return (
    <button type="button" className={primary ? 'button primary' : 'button'} disabled={disabled} onClick={onAct}>
      {children}
      {label}
    </button>
  );
}

interface IconButtonProps extends ActProps {
  /** What it acts on, where several buttons of a panel do the same; it follows the label in the button's name. */
  about?: string;
  /** Whether it is on, of one that is on or off. */
  pressed?: boolean;
  /** True while there is nothing to act on. */
  disabled?: boolean;
}

/** A button that is only an icon; its label is its tooltip. */
export function IconButton({ label, onAct, children, about, pressed, disabled = false }: IconButtonProps) {
  return (
    <button
      type="button"
      className="icon-button"
      title={label}
      aria-label={about === undefined ? label : `${label}: ${about}`}
      aria-pressed={pressed}
      disabled={disabled}
      onClick={onAct}
    >
      {children}
    </button>
  );
}

/** A link opens something, in the editor or in place; its label is in Title Case as a button's is. Not an anchor: VS Code takes a panel to its top at a click on `#`. */
export function Link({ label, onAct, disabled = false }: ActProps & Pick<ButtonProps, 'disabled'>) {
  return (
    <button type="button" className="link" disabled={disabled} onClick={onAct}>
      {label}
    </button>
  );
}

/** One of a few, side by side. */
export function Segments<T extends string>(props: {
  label: string;
  options: readonly { value: T; label: string }[];
  value: T;
  onChoose: (value: T) => void;
}) {
  return (
    <fieldset className="segments" aria-label={props.label}>
      {props.options.map(({ value, label }) => (
        <button
          key={value}
          type="button"
          className="toggle"
          aria-pressed={value === props.value}
          onClick={() => props.onChoose(value)}
        >
          {label}
        </button>
      ))}
    </fieldset>
  );
}

/** A button that is on or off. */
export function Switch({ label, isOn, onAct }: { label: string; isOn: boolean; onAct: () => void }) {
  return (
    <button type="button" className="toggle" aria-pressed={isOn} onClick={onAct}>
      {label}
    </button>
  );
}

/** A field to search in what is on screen; Esc clears it. */
export function SearchField({ label, onSearch }: { label: string; onSearch: (text: string) => void }) {
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key !== 'Escape') return;
    event.currentTarget.value = '';
    onSearch('');
  };
  return (
    <input
      className="field search"
      placeholder={label}
      aria-label={label}
      onInput={(event) => onSearch(event.currentTarget.value)}
      onKeyDown={onKeyDown}
    />
  );
}

/** One of several, as a list that drops down. */
export function Choice<T extends string>(props: {
  label: string;
  options: readonly { value: T; label: string }[];
  value: T;
  onChoose: (value: T) => void;
}) {
  return (
    <select
      className="field choice"
      aria-label={props.label}
      title={props.label}
      value={props.value}
      onChange={(event) => {
        const chosen = props.options.find(({ value }) => value === event.currentTarget.value);
        if (chosen !== undefined) props.onChoose(chosen.value);
      }}
    >
      {props.options.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  );
}
