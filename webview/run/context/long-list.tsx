// Lists that scripts made too long to be drawn whole: drawn bit by bit, and searched.
import { type ReactNode, useState } from 'react';
import { Link } from '../../kit/controls';
import { holdsWords } from '../word-search';

/** A list of more items is drawn in parts and can be searched. */
export const longFrom = 100;
const part = 1000;

/** The pairs whose name or value holds every word of `search`, in any case; all of them without a word. */
export function matchingPairs<P extends { key: string; value: string }>(pairs: readonly P[], search: string): P[] {
  const holds = holdsWords(search);
  return pairs.filter(({ key, value }) => holds(`${key}\n${value}`));
}

/** The first hundred items, as `children` draws them, and as many more as are asked for. */
export function LongList<T>(props: { items: readonly T[]; children: (items: readonly T[]) => ReactNode }) {
  const { items, children } = props;
  const [most, setMost] = useState(longFrom);
  const rest = items.length - most;
  const all = items.length.toLocaleString('en-US');
  if (items.length === 0) return <p className="note">Nothing holds these words.</p>;
  return (
    <>
      {children(items.slice(0, most))}
      {rest > 0 && (
        <p className="note">
          {most.toLocaleString('en-US')} of {all} are shown.{' '}
          <Link label={rest > part ? 'Show 1,000 More' : `Show All ${all}`} onAct={() => setMost(most + part)} />
        </p>
      )}
    </>
  );
}
