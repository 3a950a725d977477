// What people wrote about the run, in Markdown.
import { memo } from 'react';
import type { NoteDraft } from '../../../src/protocol/panel';
import { Link } from '../../kit/controls';
import { Section } from '../../kit/section';
import { Markdown } from './markdown';
import { NoteField } from './note-field';

interface NoteProps {
  runId: string;
  text: string;
  canChange: boolean;
  /** What is being written, kept while the panel is hidden; null when nothing is. */
  draft: NoteDraft | null;
  onDraft: (draft: NoteDraft | null) => void;
}

/** The note, and a field to write it in; Ctrl+Enter saves, Esc gives up what was typed. */
export const Note = memo(function Note({ runId, text, canChange, draft, onDraft }: NoteProps) {
  if (draft !== null) {
    return (
      <Section title="Note">
        <NoteField runId={runId} text={text} canChange={canChange} draft={draft} onDraft={onDraft} />
      </Section>
    );
  }
  const label = text === '' ? 'Write Note' : 'Edit Note';
  return (
    <Section
      title="Note"
      answer={text === '' ? 'none' : undefined}
      acts={canChange ? <Link label={label} onAct={() => onDraft({ text, base: text })} /> : undefined}
    >
      {text !== '' && <Markdown text={text} />}
    </Section>
  );
});
