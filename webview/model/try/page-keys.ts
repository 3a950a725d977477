// Keys and pastes of the page that belong to the form wherever the focus is.
import { useEffect, useRef } from 'react';

/** `predict` at Ctrl+Enter; `take` for pasted text that is more than one value. */
export function usePageKeys(acts: { predict: () => void; take: (text: string) => void }): void {
  const latest = useRef(acts);
  latest.current = acts;
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
      event.preventDefault();
      latest.current.predict();
    };
    const onPaste = (event: ClipboardEvent): void => {
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (!isForForm(text, event.target)) return;
      event.preventDefault();
      latest.current.take(text);
    };
    window.addEventListener('keydown', onKey);
    window.addEventListener('paste', onPaste);
    return () => {
      window.removeEventListener('keydown', onKey);
      window.removeEventListener('paste', onPaste);
    };
  }, []);
}

/** Text of several values belongs to the form; a single one to the field where it is pasted. */
function isForForm(text: string, target: EventTarget | null): boolean {
  if (text.trim() === '' || target instanceof HTMLTextAreaElement) return false;
  if (!(target instanceof HTMLInputElement)) return true;
  return /^\s*[[{]/.test(text) || text.trim().includes('\n');
}
