// The only file that knows the component toolkit: replacing it is this file.
import { provideVSCodeDesignSystem, vsCodeButton, vsCodeLink, vsCodeTextField } from '@vscode/webview-ui-toolkit';
import type { DetailedHTMLProps, HTMLAttributes, ReactNode } from 'react';
import { useEffect, useRef } from 'react';

/** Registers the toolkit's elements; call once before rendering. */
export function registerControls(): void {
  provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeLink(), vsCodeTextField());
}

type ToolkitElement = DetailedHTMLProps<HTMLAttributes<HTMLElement>, HTMLElement> & {
  appearance?: 'primary' | 'secondary' | 'icon';
  'data-chosen'?: 'true' | 'false';
  class?: string;
  href?: string;
  placeholder?: string;
};

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'vscode-button': ToolkitElement;
      'vscode-link': ToolkitElement;
      'vscode-text-field': ToolkitElement;
    }
  }
}

interface ActProps {
  /** What happens; also the name for screen readers when only an icon is shown. */
  label: string;
  onAct: () => void;
  children?: ReactNode;
}

/** A button that acts. `primary` at most once a panel. */
export function Button({ label, onAct, children, primary = false }: ActProps & { primary?: boolean }) {
  return (
    <vscode-button appearance={primary ? 'primary' : 'secondary'} onClick={onAct}>
      {children}
      {label}
    </vscode-button>
  );
}

/** A button that is only an icon; its label is its tooltip. */
export function IconButton({ label, onAct, children, pressed }: ActProps & { pressed?: boolean }) {
  return (
    <vscode-button
      appearance="icon"
      title={label}
      aria-label={label}
      onClick={onAct}
      {...(pressed === undefined ? {} : chosen(pressed))}
    >
      {children}
    </vscode-button>
  );
}

/** A link opens something, in the editor or in place. */
export function Link({ label, onAct, about }: ActProps & { about?: string }) {
  return (
    <vscode-link
      href="#"
      onClick={(event) => {
        event.preventDefault();
        onAct();
      }}
      {...(about === undefined ? {} : { 'aria-label': `${label} ${about}` })}
    >
      {label}
    </vscode-link>
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
    <div className="segments" role="toolbar" aria-label={props.label}>
      {props.options.map(({ value, label }) => (
        <vscode-button
          key={value}
          appearance="secondary"
          {...chosen(value === props.value)}
          onClick={() => props.onChoose(value)}
        >
          {label}
        </vscode-button>
      ))}
    </div>
  );
}

/** A button that is on or off. */
export function Switch({ label, isOn, onAct }: { label: string; isOn: boolean; onAct: () => void }) {
  return (
    <vscode-button className="switch" appearance="secondary" {...chosen(isOn)} onClick={onAct}>
      {label}
    </vscode-button>
  );
}

/** The element hands `aria-pressed` on to the button inside it; of a boolean React would make an empty attribute. */
function chosen(isChosen: boolean) {
  const word = isChosen ? 'true' : 'false';
  return { 'aria-pressed': word, 'data-chosen': word } as const;
}

/** A field to search in what is on screen; Esc clears it. */
export function SearchField(props: { label: string; onSearch: (text: string) => void }) {
  const field = useRef<HTMLElement>(null);
  const { onSearch, label } = props;
  useEffect(() => {
    const element = field.current as (HTMLElement & { value: string }) | null;
    if (element === null) return;
    // The element calls itself "Text field" once it is on the page.
    element.setAttribute('aria-label', label);
    const search = (): void => onSearch(element.value);
    const clear = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      element.value = '';
      search();
    };
    element.addEventListener('input', search);
    element.addEventListener('keydown', clear);
    return () => {
      element.removeEventListener('input', search);
      element.removeEventListener('keydown', clear);
    };
  }, [onSearch, label]);
  return <vscode-text-field ref={field} placeholder={label} />;
}
