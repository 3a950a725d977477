// Which runs are listed: as chips that read as a sentence, or as the text behind them.
import { type KeyboardEvent, useState } from 'react';
import { filterWordsOf } from '../../../src/protocol/runs/filter-word';
import { filterAlternatives } from '../../../src/protocol/runs/run-filter';
import { Button, IconButton } from '../../kit/controls';
import { keepInField } from '../../kit/field-keys';
import { Icon } from '../../kit/icon';

export interface FilterBarProps {
  text: string;
  /** What is wrong with the text; null when nothing is. */
  problem: string | null;
  /** How many columns are left out because they are the same in all runs. */
  hidden: number;
  onText: (text: string) => void;
  /** Lets the user type it with what it could go on with. */
  onEdit: (text: string) => void;
}

/** Chips by default; the text is one key away and the same. */
export function FilterBar(props: FilterBarProps) {
  const [isText, setText] = useState(false);
  const shown = isText || props.problem !== null;
  return (
    <div className="bar filters" role="toolbar" aria-label="Filter">
      <Icon name="filter" tone="quiet" />
      {shown ? <FilterField {...props} onDone={() => setText(false)} /> : <Chips {...props} />}
      {props.problem !== null && <span className="caution cut">{props.problem}</span>}
      <span className="grow" />
      {props.hidden > 0 && <span className="quiet small wide">{hiddenWords(props.hidden)}</span>}
      <IconButton
        label={shown ? 'Show Filter as Chips' : 'Edit Filter as Text'}
        pressed={shown}
        onAct={() => setText(!shown)}
      >
        <Icon name="text" />
      </IconButton>
    </div>
  );
}

function hiddenWords(count: number): string {
  return count === 1
    ? '1 column is the same in all runs and hidden'
    : `${count} columns are the same in all runs and hidden`;
}

function Chips({ text, onText, onEdit }: FilterBarProps) {
  const alternatives = filterAlternatives(text);
  return (
    <>
      {alternatives.flatMap((words, which) =>
        words.map((word, at) => {
          const source = text.slice(word.start, word.end);
          const joint = at > 0 ? 'and' : which > 0 ? 'or' : null;
          return (
            <span key={`${which} ${word.start}`} className="chip-place">
              {joint !== null && <span className="quiet small">{joint}</span>}
              <span className="chip">
                <button type="button" className="chip-words cut" title="Edit this filter" onClick={() => onEdit(text)}>
                  <ChipWords source={source} />
                </button>
                <IconButton label="Remove Filter" about={source} onAct={() => onText(without(text, word.start))}>
                  <Icon name="close" />
                </IconButton>
              </span>
            </span>
          );
        }),
      )}
      <Button label="Filter" onAct={() => onEdit(text === '' ? '' : `${text} `)}>
        <Icon name="plus" />
      </Button>
    </>
  );
}

/** `lr ≥ 0.01` for `param:lr>=0.01`, `state is failed` for `state:failed`. */
function ChipWords({ source }: { source: string }) {
  const [word] = filterWordsOf(source);
  if (word === undefined || word.key === null) return <>“{word?.value ?? source}”</>;
  const [, key = '', sign, value = ''] = /^([^<>=!]+)(>=|<=|!=|>|<|=)([\s\S]*)$/.exec(word.value) ?? [];
  if (sign !== undefined && ['param', 'metric', 'tag'].includes(word.key)) {
    const signs: Record<string, string> = { '>=': '≥', '<=': '≤', '!=': '≠' };
    return (
      <>
        {key} <span className="quiet">{signs[sign] ?? sign}</span> {value}
      </>
    );
  }
  return (
    <>
      {word.key} <span className="quiet">{word.key === 'is' || word.key === 'with' ? '' : 'is'}</span> {word.value}
    </>
  );
}

/** The text without the word that begins there, and without a joint that joins nothing. */
function without(text: string, start: number): string {
  return filterAlternatives(text)
    .map((words) => words.filter((word) => word.start !== start).map((word) => text.slice(word.start, word.end)))
    .filter((words) => words.length > 0)
    .map((words) => words.join(' '))
    .join(' OR ');
}

function FilterField({ text, onText, onDone }: FilterBarProps & { onDone: () => void }) {
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    keepInField(event);
    if (event.key === 'Enter') onText(event.currentTarget.value.trim());
    if (event.key === 'Escape') onDone();
  };
  return (
    <input
      key={text}
      className="field filter-text code"
      aria-label="Filter as text"
      placeholder="state:failed OR metric:roc_auc>0.9"
      defaultValue={text}
      onKeyDown={onKeyDown}
    />
  );
}
