// The field a note is written in.
import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { NoteDraft } from '../../../src/protocol/panel';
import { Button, Link } from '../../kit/controls';
import { keepInField } from '../../kit/field-keys';
import { Markdown } from './markdown';
import { type NoteSaving, useNoteSaving } from './note-saving';

interface NoteFieldProps {
  runId: string;
  /** The note as the panel knows it. */
  text: string;
  canChange: boolean;
  draft: NoteDraft;
  onDraft: (draft: NoteDraft | null) => void;
}

/** Stays open, with what was typed, until that is saved or given up. */
export function NoteField({ runId, text, canChange, draft, onDraft }: NoteFieldProps) {
  const [isPreview, setPreview] = useState(false);
  const saving = useNoteSaving({ runId, text, draft, onKept: () => onDraft(null) });
  const { editor, field } = useSight(isPreview, draft.text !== draft.base);
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    keepInField(event);
    if (event.key === 'Escape') leave(event.currentTarget);
    if (isSaveKey(event) && canChange) saving.save();
  };
  // What was written is given up by Cancel alone: a tab that is closed has it when the run is opened again.
  const leave = (from: HTMLElement): void => (draft.text === draft.base ? onDraft(null) : from.blur());
  return (
    <div ref={editor} className="note-editor">
      {isPreview ? (
        <Markdown text={draft.text} />
      ) : (
        <textarea
          ref={field}
          className="field"
          aria-label="Note, in Markdown"
          rows={6}
          value={draft.text}
          readOnly={saving.isSaving}
          onChange={(event) => onDraft({ ...draft, text: event.currentTarget.value })}
          onKeyDown={onKeyDown}
        />
      )}
      <Obstacle saving={saving} canChange={canChange} />
      <NoteActs saving={saving} canChange={canChange} onCancel={() => onDraft(null)}>
        <Link label={isPreview ? 'Write' : 'Preview'} onAct={() => setPreview(!isPreview)} />
      </NoteActs>
    </div>
  );
}

/** Keeps the field in sight, with the focus unless it came back with its run: keys are then meant for what has the focus. */
function useSight(isPreview: boolean, isBack: boolean) {
  const field = useRef<HTMLTextAreaElement>(null);
  const editor = useRef<HTMLDivElement>(null);
  const isAsked = useRef(!isBack);
  useLayoutEffect(() => {
    if (!isPreview && isAsked.current) field.current?.focus();
    isAsked.current = true;
    // Where the note stands at the panel's lower edge, the buttons below the field would not be seen.
    editor.current?.scrollIntoView({ block: 'nearest' });
  }, [isPreview]);
  return { editor, field };
}

function isSaveKey({ key, ctrlKey, metaKey }: KeyboardEvent): boolean {
  return (ctrlKey || metaKey) && (key === 'Enter' || key.toLowerCase() === 's');
}

/** Where others wrote meanwhile, it takes a word of its own to write over theirs. */
function NoteActs(props: { saving: NoteSaving; canChange: boolean; onCancel: () => void; children: ReactNode }) {
  const { saving, canChange, onCancel, children } = props;
  const isOthers = saving.theirs !== null;
  return (
    <div className="acts">
      {canChange && !isOthers && <Button label="Save" onAct={saving.save} />}
      {canChange && isOthers && <Button label="Overwrite" onAct={saving.overwrite} />}
      <Button label={isOthers ? 'Discard Mine' : 'Cancel'} onAct={onCancel} />
      {children}
    </div>
  );
}

/** Why the note is not saved, and what others wrote meanwhile. */
function Obstacle({ saving, canChange }: { saving: NoteSaving; canChange: boolean }) {
  const { theirs, refusal } = saving;
  const [isShown, setShown] = useState(false);
  const words = [
    canChange ? '' : 'The run is in the trash: restore it to save this note.',
    refusal === '' ? '' : `Not saved, and kept here. ${refusal}`,
    theirs === null ? '' : `This note was ${theirs === '' ? 'removed' : 'changed'} elsewhere since you began to write.`,
  ]
    .filter((each) => each !== '')
    .join(' ');
  const line = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    // The field may reach to the panel's lower edge, and what is below it would not be seen.
    if (words !== '') line.current?.scrollIntoView({ block: 'nearest' });
  }, [words]);
  return (
    <>
      {words !== '' && (
        <p ref={line} className="note" role="alert">
          {words}{' '}
          {theirs !== null && theirs !== '' && (
            <Link label={isShown ? 'Hide Theirs' : 'Show Theirs'} onAct={() => setShown(!isShown)} />
          )}
        </p>
      )}
      {isShown && theirs !== null && <Markdown text={theirs} />}
    </>
  );
}
