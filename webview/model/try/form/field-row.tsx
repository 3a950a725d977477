// One value of the form: its name, a control for its type, what is known of it, what is wrong with it.
import { useId } from 'react';
import type { FormField } from '../../../../src/protocol/inference/form/model-form';
import type { TableColumnFacts } from '../../../../src/protocol/inference/form/try-panel';
import type { TensorElement } from '../../../../src/protocol/inference/tensor';
import { Icon } from '../../../kit/icon';

interface FieldRowProps {
  field: FormField;
  element: TensorElement;
  text: string;
  /** Of the column with this name in the table that was chosen. */
  facts: TableColumnFacts | undefined;
  problem: string | undefined;
  note: string | undefined;
  onText: (text: string) => void;
}

/** A row of the form. */
export function FieldRow(props: FieldRowProps) {
  const { field, element, text, facts, problem, note } = props;
  const said = useId();
  const choices = choicesOf(field, facts, element);
  const range = rangeText(facts);
  const strange = problem === undefined ? strangeness(props, choices) : undefined;
  const words = problem ?? strange ?? note;
  return (
    <div className="field-row">
      <label className="field-name cut" htmlFor={`field ${field.key}`} title={field.label}>
        {field.label}
      </label>
      <Control {...props} choices={choices} said={words === undefined ? undefined : said} />
      <span className="field-known note cut" title={range}>
        <Place text={text} facts={facts} />
        {field.choices.length > 0
          ? `${field.choices.length} known`
          : element === 'bool'
            ? ''
            : range || typeText(element, text)}
      </span>
      {words !== undefined && (
        <p className="field-said" id={said} role={problem === undefined ? undefined : 'alert'}>
          <Icon
            name={
              problem === undefined && strange === undefined ? 'unknown' : problem === undefined ? 'caution' : 'failed'
            }
            tone={problem !== undefined ? 'worse' : strange === undefined ? 'quiet' : 'caution'}
          />
          <span>{words}</span>
        </p>
      )}
    </div>
  );
}

/** Where a value lies between the least and the greatest of the table. */
function Place({ text, facts }: { text: string; facts: TableColumnFacts | undefined }) {
  const value = Number(text);
  if (facts === undefined || facts.low === null || facts.high === null || text.trim() === '') return null;
  if (Number.isNaN(value) || facts.high <= facts.low) return null;
  const share = Math.max(0, Math.min(1, (value - facts.low) / (facts.high - facts.low)));
  return (
    <span className="place" aria-hidden="true">
      <span style={{ left: `${100 * share}%` }} />
    </span>
  );
}

function typeText(element: TensorElement, text: string): string {
  return element === 'string' && text === '' ? 'empty text' : element;
}

function choicesOf({ choices }: FormField, facts: TableColumnFacts | undefined, element: TensorElement): string[] {
  if (element === 'bool') return ['false', 'true'];
  if (choices.length > 0) return choices.map(String);
  return element === 'string' ? (facts?.choices ?? []) : [];
}

function rangeText(facts: TableColumnFacts | undefined): string {
  if (facts === undefined || facts.low === null || facts.high === null) return '';
  return `${figure(facts.low)} to ${figure(facts.high)}`;
}

function figure(value: number): string {
  if (Math.abs(value) >= 1e9) return value.toPrecision(4).replace('-', '−');
  return Number(value.toPrecision(4)).toLocaleString('en-US', { maximumFractionDigits: 6 }).replace('-', '−');
}

/** What is unusual about a value that can be sent. */
function strangeness({ text, element, facts }: FieldRowProps, choices: readonly string[]): string | undefined {
  if (choices.length > 0 && element !== 'bool' && !choices.includes(text))
    return `${text === '' ? 'An empty text' : text} is none of the ${choices.length} known`;
  const value = Number(text);
  if (element === 'string' || text.trim() === '' || facts === undefined || facts.low === null || facts.high === null)
    return undefined;
  if (value < facts.low) return `below all rows looked at (${figure(facts.low)})`;
  return value > facts.high ? `above all rows looked at (${figure(facts.high)})` : undefined;
}

function Control(props: FieldRowProps & { choices: string[]; said: string | undefined }) {
  const { field, element, text, problem, onText, choices, said } = props;
  const same = { id: `field ${field.key}`, 'aria-invalid': problem !== undefined, 'aria-describedby': said };
  const isNumber = element !== 'string' && element !== 'bool';
  if (choices.includes(text)) {
    return (
      <select
        {...same}
        className="field choice"
        value={text}
        onChange={({ currentTarget }) => onText(currentTarget.value)}
      >
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {choice}
          </option>
        ))}
        {element !== 'bool' && <option value="">Another value…</option>}
      </select>
    );
  }
  return (
    <input
      {...same}
      className={isNumber ? 'field number' : 'field'}
      value={text}
      placeholder={element.includes('float') ? 'missing' : ''}
      spellCheck={false}
      autoComplete="off"
      inputMode={isNumber ? 'decimal' : 'text'}
      onChange={({ currentTarget }) => onText(currentTarget.value)}
    />
  );
}
