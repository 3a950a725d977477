// Keys typed into a field of a panel. VS Code hears every key of a page and would take some letters for commands.
import type { KeyboardEvent } from 'react';

/** Keeps from VS Code what edits text; function keys and keys with a modifier are VS Code's as everywhere. */
export function keepInField(event: KeyboardEvent): void {
  const isForAll = event.ctrlKey || event.metaKey || event.altKey || /^F\d+$/.test(event.key);
  if (!isForAll) event.stopPropagation();
}
