// What a value of the form is written or chosen with.
import type { TensorElement } from '../../../../src/protocol/inference/tensor';
import { DateControl } from '../date/date-control';
import type { DateForm } from '../date/date-form';
import type { KnownField } from './known-form';

interface FieldControlProps {
  field: KnownField;
  element: TensorElement;
  text: string;
  choices: readonly string[];
  /** Of a date that is chosen as one; null for any other value. */
  date: DateForm | null;
  /** It has the place beside it, too. */
  isWide: boolean;
  isWrong: boolean;
  /** The element that says more about it. */
  said: string | undefined;
  onText: (text: string) => void;
}

/** A list where values are known, a date, else a text. */
export function FieldControl(props: FieldControlProps) {
  const { field, text, choices, date, isWrong, said, onText } = props;
  const same = { id: `field ${field.key}`, 'aria-invalid': isWrong, 'aria-describedby': said };
  if (date !== null) return <DateControl form={date} {...{ text, same, onText }} />;
  return choices.includes(text) ? <ListControl {...props} same={same} /> : <TextControl {...props} same={same} />;
}

type SameProps = FieldControlProps & { same: Record<string, string | boolean | undefined> };

function ListControl({ element, text, choices, onText, same }: SameProps) {
  return (
    <select
      {...same}
      className="field choice"
      value={text}
      onChange={({ currentTarget }) => onText(currentTarget.value)}
    >
      {choices.map((choice) => (
        <option key={choice} value={choice}>
          {choice === '' ? 'Empty text' : choice}
        </option>
      ))}
      {element !== 'bool' && !choices.includes('') && <option value="">Another value…</option>}
    </select>
  );
}

function TextControl({ field, element, text, choices, isWide, onText, same }: SameProps) {
  const isNumber = element !== 'string' && element !== 'bool';
  const known = choices.length > 0 ? `known ${field.key}` : undefined;
  return (
    <>
      <input
        {...same}
        list={known}
        className={['field', isNumber && 'number', isWide && 'wide-field'].filter(Boolean).join(' ')}
        value={text}
        placeholder={placeholder(field, element)}
        spellCheck={false}
        autoComplete="off"
        inputMode={isNumber ? 'decimal' : 'text'}
        onChange={({ currentTarget }) => onText(currentTarget.value)}
      />
      {known !== undefined && (
        <datalist id={known}>
          {choices.map((choice) => (
            <option key={choice} value={choice} />
          ))}
        </datalist>
      )}
    </>
  );
}

function placeholder({ facts }: KnownField, element: TensorElement): string {
  const usual = facts?.usual ?? null;
  if (element.includes('float')) return usual === null ? 'missing' : `missing; usual ${usual}`;
  if (usual !== null) return `usual ${usual}`;
  return element === 'string' ? 'empty text' : '';
}
