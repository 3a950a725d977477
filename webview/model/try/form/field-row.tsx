// One value of the form: its name, a control for its type, what is known of it, what is wrong with it.
import { useId, useState } from 'react';
import type { TensorElement } from '../../../../src/protocol/inference/tensor';
import { Icon } from '../../../kit/icon';
import { type DateForm, dateForm } from '../date/date-form';
import { FieldControl } from './field-control';
import { choicesOf, placeOf, rangeText, strangeness, type TableSaid } from './field-facts';
import type { KnownField } from './known-form';

interface FieldRowProps {
  field: KnownField;
  element: TensorElement;
  text: string;
  problem: string | undefined;
  note: string | undefined;
  onText: (text: string) => void;
}

/** A row of the form. */
export function FieldRow(props: FieldRowProps) {
  const { field, element, text, problem, note, onText } = props;
  const said = useId();
  const [isPlain, setPlain] = useState(false);
  const form = field.facts === null ? null : dateForm(field.facts, { element, label: field.label });
  const choices = choicesOf(field, element);
  const strange = problem === undefined ? strangeness(text, { field, element, choices }) : undefined;
  const words = problem ?? strange ?? note;
  // A sentence needs the room; of it nothing is known.
  const isWide = form !== null || (element === 'string' && choices.length === 0);
  // A text that is no date is shown as what it is.
  const date = form === null || isPlain || form.read(text) === null ? null : form;
  return (
    <div className="field-row">
      <label className="field-name cut" htmlFor={`field ${field.key}`} title={field.label}>
        {field.label}
      </label>
      <FieldControl
        {...{ field, element, text, choices, date, onText }}
        isWide={isWide}
        isWrong={problem !== undefined}
        said={words === undefined && form === null ? undefined : said}
      />
      {!isWide && <Known field={field} element={element} text={text} />}
      {words !== undefined && (
        <Words id={said} words={words} isWrong={problem !== undefined} isStrange={strange !== undefined} />
      )}
      {form !== null && words === undefined && (
        <SentDate {...{ form, text, said, onText }} isPlain={date === null} onPlain={setPlain} facts={field.facts} />
      )}
    </div>
  );
}

function Words({ id, words, isWrong, isStrange }: { id: string; words: string; isWrong: boolean; isStrange: boolean }) {
  return (
    <p className="field-said" id={id} role={isWrong ? 'alert' : undefined}>
      <Icon
        name={isWrong ? 'failed' : isStrange ? 'caution' : 'unknown'}
        tone={isWrong ? 'worse' : isStrange ? 'caution' : 'quiet'}
      />
      <span>{words}</span>
    </p>
  );
}

interface SentDateProps {
  form: DateForm;
  text: string;
  said: string;
  isPlain: boolean;
  facts: TableSaid | null;
  onPlain: (isPlain: boolean) => void;
  onText: (text: string) => void;
}

/** What is sent, and the way from the one control to the other. */
function SentDate({ form, text, said, isPlain, facts, onPlain, onText }: SentDateProps) {
  const toDate = (): void => {
    onPlain(false);
    const usual = facts?.middle ?? facts?.written ?? '';
    if (form.read(text) === null) onText(form.write(usual) ?? text);
  };
  return (
    <p className="field-said field-sent note" id={said}>
      <span>{isPlain ? `As the training has it: ${facts?.written ?? facts?.middle ?? ''}` : `sent as ${text}`}</span>
      {form.said !== '' && <span>{form.said}</span>}
      <button type="button" className="link" onClick={isPlain ? toDate : () => onPlain(true)}>
        {isPlain ? 'As Date' : 'As Text'}
      </button>
    </p>
  );
}

/** How many values are known, or between which ends they lie, or the type. */
function Known({ field, element, text }: { field: KnownField; element: TensorElement; text: string }) {
  const range = rangeText(field.facts);
  const count = choicesOf(field, element).length;
  const known = count > 0 ? `${count.toLocaleString('en-US')} known` : range;
  return (
    <span className="field-known note cut" title={count > 0 ? undefined : range}>
      <Place text={text} facts={field.facts} />
      {element === 'bool' ? '' : known || (element === 'string' && text === '' ? 'empty text' : element)}
    </span>
  );
}

/** Where a value lies between the least and the greatest, and where the median does. */
function Place({ text, facts }: { text: string; facts: TableSaid | null }) {
  const place = placeOf(text, facts);
  if (place === null) return null;
  return (
    <span className="place" aria-hidden="true">
      {place.middle !== null && <i style={{ left: `${100 * place.middle}%` }} />}
      <span style={{ left: `${100 * place.value}%` }} />
    </span>
  );
}
