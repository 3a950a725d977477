// What people wrote about the run, in Markdown.
import { memo, useLayoutEffect, useRef, useState } from 'react';
import { noteTag } from '../../../src/protocol/runs/run-tag';
import { Button, Link } from '../../kit/controls';
import { Section } from '../../kit/section';
import { useRunChanges } from '../changes/run-changes';
import { Markdown } from './markdown';

interface NoteProps {
  text: string;
  canChange: boolean;
  /** What is being written, kept while the panel is hidden; null when nothing is. */
  draft: string | null;
  onDraft: (draft: string | null) => void;
}

/** The note, and a field to write it in; Ctrl+Enter saves, Esc gives up what was typed. */
export const Note = memo(function Note({ text, canChange, draft, onDraft }: NoteProps) {
  const { change } = useRunChanges();
  const isEditing = draft !== null && canChange;
  const save = (next: string): void => {
    onDraft(null);
    if (next === text) return;
    const words = next === '' ? 'Note removed.' : 'Note saved.';
    change({ tags: { [noteTag]: next === '' ? null : next } }, words);
  };
  const isOffered = canChange && !isEditing;
  return (
    <Section
      title="Note"
      answer={text === '' && !isEditing ? 'none' : undefined}
      acts={
        isOffered ? <Link label={text === '' ? 'Write note' : 'Edit note'} onAct={() => onDraft(text)} /> : undefined
      }
    >
      {isEditing ? (
        <NoteField draft={draft} onDraft={onDraft} onSave={save} />
      ) : (
        text !== '' && <Markdown text={text} />
      )}
    </Section>
  );
});

interface NoteFieldProps {
  draft: string;
  onDraft: (draft: string | null) => void;
  onSave: (text: string) => void;
}

function NoteField({ draft, onDraft, onSave }: NoteFieldProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const [isPreview, setPreview] = useState(false);
  useLayoutEffect(() => {
    if (!isPreview) field.current?.focus();
  }, [isPreview]);
  return (
    <div className="note-editor">
      {isPreview ? (
        <Markdown text={draft} />
      ) : (
        <textarea
          ref={field}
          className="field"
          aria-label="Note, in Markdown"
          rows={6}
          value={draft}
          onChange={(event) => onDraft(event.currentTarget.value)}
          onKeyDown={(event) => {
            event.stopPropagation();
            if (event.key === 'Escape') onDraft(null);
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) onSave(draft.trimEnd());
          }}
        />
      )}
      <div className="acts">
        <Button label="Save" onAct={() => onSave(draft.trimEnd())} />
        <Button label="Cancel" onAct={() => onDraft(null)} />
        <Link label={isPreview ? 'Write' : 'Preview'} onAct={() => setPreview(!isPreview)} />
      </div>
    </div>
  );
}
