// A note that is being written is closed only when it is kept: not when it was refused, nor over what others wrote.
import { useState } from 'react';
import type { NoteDraft } from '../../../src/protocol/panel';
import type { RunDetail } from '../../../src/protocol/run';
import { noteTag } from '../../../src/protocol/runs/run-tag';
import { useHost } from '../../kit/host/host-context';
import { useRunChanges } from '../changes/run-changes';

/** The run's note; empty when it has none. */
export function noteOf({ tags }: RunDetail): string {
  return tags.find(({ key }) => key === noteTag)?.value ?? '';
}

/** How the saving of a draft stands. */
export interface NoteSaving {
  isSaving: boolean;
  /** Why the note was not saved; empty when it was not refused. */
  refusal: string;
  /** The note as others left it since the draft began; null while it is as it was. */
  theirs: string | null;
  /** Keeps the draft unless others changed the note. */
  save: () => void;
  /** Keeps the draft in place of what others wrote, as it was shown. */
  overwrite: () => void;
}

/** Saves `draft`; `text` is the note as the panel knows it. `onKept` is called when there is nothing left to save. */
export function useNoteSaving(options: {
  runId: string;
  text: string;
  draft: NoteDraft;
  onKept: () => void;
}): NoteSaving {
  const { text, draft, onKept } = options;
  const write = useWrite(options.runId);
  const [isSaving, setSaving] = useState(false);
  const [refusal, setRefusal] = useState('');
  // What was read when saving, until the panel itself knows something newer.
  const [found, setFound] = useState<{ note: string; after: string } | null>(null);
  const next = draft.text.trimEnd();
  const known = found?.after === text ? found.note : text;
  const isOthers = !isSaving && known !== draft.base && known !== next;
  const save = async (base: string): Promise<void> => {
    if (isSaving) return;
    if (draft.text === draft.base && base === draft.base) {
      onKept();
      return;
    }
    setSaving(true);
    setRefusal('');
    const end = await write(next, base);
    setSaving(false);
    if (end.state === 'kept') onKept();
    else if (end.state === 'refused') setRefusal(end.reason);
    else setFound({ note: end.note, after: text });
  };
  return {
    isSaving,
    refusal,
    theirs: isOthers ? known : null,
    save: () => void save(draft.base),
    overwrite: () => void save(known),
  };
}

type End = { state: 'kept' } | { state: 'refused'; reason: string } | { state: 'others'; note: string };

/** Writes a note where `base` still stands. */
function useWrite(runId: string): (note: string, base: string) => Promise<End> {
  const host = useHost();
  const { attempt } = useRunChanges();
  return async (note, base) => {
    const words = note === '' ? 'Note removed.' : 'Note saved.';
    const tags = { [noteTag]: note === '' ? null : note };
    // No note and an empty one look the same to whoever writes.
    for (const expected of base === '' ? [null, ''] : [base]) {
      const refusal = await attempt({ tags, expected: { tags: { [noteTag]: expected } } }, words);
      if (refusal === null) return { state: 'kept' };
      if (refusal.code !== 'conflict') return { state: 'refused', reason: refusal.message };
    }
    try {
      const standing = noteOf(await host.query('runs.get', { runId }));
      return standing === note ? { state: 'kept' } : { state: 'others', note: standing };
    } catch (error) {
      return { state: 'refused', reason: (error as Error).message };
    }
  };
}
