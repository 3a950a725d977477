// The field over the output: what to look for, how much was found, and the ways to it.
import { type RefObject, useState } from 'react';
import { IconButton } from '../../kit/controls';
import { Icon } from '../../kit/icon';
import { type OutputSearch, searchWords } from './output-search';

interface SearchBarProps {
  field: RefObject<HTMLInputElement | null>;
  search: OutputSearch;
  onText: (text: string) => void;
  /** Goes to a line by its place in bytes. */
  onGo: (offset: number) => void;
  /** The search was given up. */
  onEnd: () => void;
}

/** Enter goes on, Shift+Enter back, Esc ends. The search begins at the last line: what went wrong stands there. */
export function SearchBar({ field, search, onText, onGo, onEnd }: SearchBarProps) {
  const { wanted, offsets } = search;
  // A place in one search means nothing in the next.
  const [place, setPlace] = useState({ wanted, at: -1 });
  const current = place.wanted === wanted ? place.at : -1;
  const step = (by: 1 | -1): void => {
    if (offsets.length === 0) return;
    const start = current === -1 ? (by === 1 ? -1 : offsets.length) : current;
    const next = (start + by + offsets.length) % offsets.length;
    setPlace({ wanted, at: next });
    onGo(offsets[next] ?? 0);
  };
  return (
    <search className="output-search">
      {wanted !== '' && (
        <span className="quiet" role="status">
          {searchWords(search, current)}
        </span>
      )}
      {wanted !== '' && (
        <>
          <IconButton label="Previous Match" onAct={() => step(-1)}>
            <Icon name="up" />
          </IconButton>
          <IconButton label="Next Match" onAct={() => step(1)}>
            <Icon name="down" />
          </IconButton>
        </>
      )}
      <input
        ref={field}
        className="field search"
        placeholder="Search output"
        aria-label="Search output"
        onChange={(event) => onText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') step(event.shiftKey || current === -1 ? -1 : 1);
          if (event.key !== 'Escape') return;
          event.currentTarget.value = '';
          onText('');
          onEnd();
        }}
      />
    </search>
  );
}
