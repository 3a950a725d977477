// What the shapes of a figure stand for.
import type { ReactNode } from 'react';

interface KeyProps {
  /** The shape as SVG, and how large it is in pixels. */
  children: ReactNode;
  size?: readonly [number, number];
  className?: string;
  text: string;
}

/** One shape and its word. */
export function Key({ children, size: [width, height] = [16, 10], className, text }: KeyProps) {
  return (
    <span className="key">
      <svg width={width} height={height} aria-hidden="true" {...(className !== undefined && { className })}>
        {children}
      </svg>
      {text}
    </span>
  );
}

/** A filled shape for the current version, an outline for the reference; `isLines`: a line for each. */
export function PairKeys({ current, reference, isLines = false }: PairKeysProps) {
  return (
    <>
      <Key text={current}>
        {isLines ? (
          <path className="current-line" d="M0 5H16" />
        ) : (
          <rect className="current-fill" width="16" height="10" />
        )}
      </Key>
      <Key text={reference}>
        <path className="reference-line" d={isLines ? 'M0 5H16' : 'M0.5 9.500V2h8v4h7v3.500'} />
      </Key>
    </>
  );
}

interface PairKeysProps {
  current: string;
  reference: string;
  isLines?: boolean;
}
