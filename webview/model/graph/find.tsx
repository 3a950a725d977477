// The field that searches the graph.
import { useEffect, useRef, useState } from 'react';

/** Milliseconds from the last key until it is searched for. */
const rest = 150;

/** `onFirst` at Enter: the first that has the text is wanted. Esc clears the field. */
export function Find(props: { text: string; onFind: (text: string) => void; onFirst: (text: string) => void }) {
  const { text, onFind, onFirst } = props;
  const [typed, setTyped] = useState(text);
  const tell = useRef(onFind);
  tell.current = onFind;
  // A value that is followed from a node stands in the field too.
  useEffect(() => setTyped(text), [text]);
  useEffect(() => {
    const timer = setTimeout(() => tell.current(typed), rest);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <input
      className="field search"
      placeholder="Find a node or value"
      aria-label="Find a node or value"
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onKeyDown={({ key }) => {
        if (key === 'Escape') setTyped('');
        if (key !== 'Enter') return;
        onFind(typed);
        onFirst(typed);
      }}
    />
  );
}
