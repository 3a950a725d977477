// The head of a table whose rows keys move through.

/** One head: its words, and the classes that it shares with its cells. */
export interface HeadCell {
  text: string;
  className?: string;
  /** For who cannot see what stands there, where no words do. */
  label?: string;
}

/** One row of heads. */
export function TableHead({ heads }: { heads: readonly HeadCell[] }) {
  return (
    <thead>
      <tr>
        {heads.map(({ text, className, label }) => (
          <th key={label ?? text} scope="col" className={className} aria-label={label}>
            {text}
          </th>
        ))}
      </tr>
    </thead>
  );
}
