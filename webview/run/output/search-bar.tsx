// The field over the output: what to look for, how much was found, and the ways to it.
import { type KeyboardEvent, type RefObject, useState } from 'react';
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
  const { current, step } = useMatch(search, onGo);
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'Enter') step(event.shiftKey || current === -1 ? -1 : 1);
    if (event.key !== 'Escape') return;
    event.currentTarget.value = '';
    onText('');
    onEnd();
  };
  return (
    <search className="output-search">
      {search.wanted !== '' && <Matches search={search} current={current} onStep={step} />}
      <input
        ref={field}
        className="field search"
        placeholder="Search output"
        aria-label="Search output"
        onChange={(event) => onText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
    </search>
  );
}

/** Which of the lines found the reader is at, from 0, -1 before the first; `step` goes on to the next or back. */
function useMatch({ wanted, offsets }: OutputSearch, onGo: (offset: number) => void) {
  const [place, setPlace] = useState({ wanted, at: -1 });
  // A place in one search means nothing in the next.
  const current = place.wanted === wanted ? place.at : -1;
  const step = (by: 1 | -1): void => {
    if (offsets.length === 0) return;
    const start = current === -1 && by === -1 ? offsets.length : current;
    const next = (start + by + offsets.length) % offsets.length;
    setPlace({ wanted, at: next });
    onGo(offsets[next] ?? 0);
  };
  return { current, step };
}

function Matches(props: { search: OutputSearch; current: number; onStep: (by: 1 | -1) => void }) {
  const { search, current, onStep } = props;
  const isNone = search.offsets.length === 0;
  return (
    <>
      <span className="quiet" role="status">
        {searchWords(search, current)}
      </span>
      <IconButton label="Previous Match" disabled={isNone} onAct={() => onStep(-1)}>
        <Icon name="up" />
      </IconButton>
      <IconButton label="Next Match" disabled={isNone} onAct={() => onStep(1)}>
        <Icon name="down" />
      </IconButton>
    </>
  );
}
