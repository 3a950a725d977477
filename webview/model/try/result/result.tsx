// What the model says of the input: one sentence, the scores of the classes, how long it took.
import type { Against } from '../../../../src/protocol/inference/form/try-panel';
import type { ModelOutline } from '../../../../src/protocol/inference/outline';
import type { Prediction } from '../../../../src/protocol/inference/prediction';
import { Choice, Link } from '../../../kit/controls';
import { Icon } from '../../../kit/icon';
import { Section } from '../../../kit/section';
import { AnsweredValues } from './answered-values';
import { Bars, signed } from './bars';
import type { Predicted } from './predicting';
import { RawTensors } from './raw-tensors';
import { ofOneRow, onlyOutput, type Reading, readingOf, rowTensors } from './reading';

interface ResultProps {
  outline: ModelOutline;
  predicted: Predicted;
  against: Against;
  /** What the prediction is not of any more; empty while it is of the form as it stands and of the file as it is. */
  since: string;
  onAgainst: (against: Against) => void;
  onChooseModel: () => void;
}

/** The sentence and its evidence. */
export function Result({ outline, predicted: found, against, since, onAgainst, onChooseModel }: ResultProps) {
  const beside = found.other === null ? null : ofOneRow(found.other, outline);
  const predicted = { ...found, prediction: ofOneRow(found.prediction, outline), other: beside };
  const { prediction } = predicted;
  const reading = readingOf(prediction, outline.labels, 0);
  const other = otherReading(predicted, outline, against);
  const { scores } = reading;
  return (
    <>
      <Headline {...{ reading, other, against }}>{since || outputsText(outline, reading, prediction)}</Headline>
      <Section
        title={scores === null ? 'Answer' : 'Scores'}
        answer={scores === null ? undefined : `of ${scores.output}`}
        acts={<AgainstChoice {...{ prediction, against, onAgainst, onChooseModel }} />}
      >
        {scores !== null && <Bars scores={scores} other={other?.scores ?? null} chosen={reading.answer} />}
        {scores === null && <AnsweredValues prediction={prediction} other={besidePrediction(predicted, against)} />}
        <Difference reading={reading} other={other} against={against} />
        {against.kind === 'model' && <OtherError name={against.name} error={predicted.otherError} />}
        <p className="note">{latencyText(predicted)}</p>
        {prediction.taken.notes.map((note) => (
          <p key={note} className="note">
            {note}
          </p>
        ))}
        <RawTensors outputs={prediction.outputs} changes={prediction.changes} />
      </Section>
    </>
  );
}

interface ReadAgainst {
  reading: Reading;
  other: Reading | null;
  against: Against;
}

function Headline({ reading, other, against, children }: ReadAgainst & { children: string }) {
  const isFlip = other !== null && other.answer !== reading.answer;
  return (
    <section className="opening" aria-label="Prediction" aria-live="polite">
      <Icon name={isFlip ? 'caution' : 'model'} tone={isFlip ? 'caution' : 'quiet'} />
      <h1>{headline(reading, other, against)}</h1>
      <p>{children}</p>
    </section>
  );
}

function OtherError({ name, error }: { name: string; error: string }) {
  if (error === '') return null;
  return (
    <p className="field-said" role="alert">
      <Icon name="failed" tone="worse" />
      <span>
        {name}: {error}
      </span>
    </p>
  );
}

/** What stands beside it, read; null where nothing does. */
function otherReading({ prediction, other }: Predicted, outline: ModelOutline, against: Against): Reading | null {
  if (against.kind === 'output') return readingOf(onlyOutput(prediction, against.name), outline.labels, 0);
  return against.kind === 'model' && other !== null ? readingOf(other, other.said, 0) : null;
}

/** What the values stand beside: those of the other model, or of one output. */
function besidePrediction({ prediction, other }: Predicted, against: Against): Prediction | null {
  if (against.kind === 'output') return onlyOutput(prediction, against.name);
  return against.kind === 'model' ? other : null;
}

function headline({ text, answer }: Reading, other: Reading | null, against: Against): string {
  if (other === null || against.kind === 'none') return text;
  return other.answer === answer
    ? `${text}; ${against.name} says the same${other.scores === null ? '' : other.text.slice(other.text.lastIndexOf(','))}`
    : `${text}; ${against.name} says ${other.text}`;
}

function outputsText({ outputs }: ModelOutline, { scores, value }: Reading, prediction: Prediction): string {
  const names = Object.keys(prediction.outputs);
  if (scores !== null) return `The class and its score, among ${scores.names.length}.`;
  const [first = ''] = outputs.flatMap(({ name }) => (names.includes(name) ? [name] : []));
  const what = value !== null || rowTensors(prediction, 0)[0]?.tensor.data.length === 1 ? 'value' : 'values';
  return names.length === 1
    ? `The ${what} of ${first}.`
    : `The ${what} of ${first}, the first of ${names.length} outputs.`;
}

function Difference({ reading, other, against }: ReadAgainst) {
  if (other === null || against.kind === 'none' || reading.value === null || other.value === null) return null;
  return <p>{`Difference to ${against.name}: ${signed(reading.value - other.value)}`}</p>;
}

function latencyText({ prediction, first }: Predicted): string {
  const now = `${millisecondsText(prediction.milliseconds)} here`;
  if (prediction.isFirst) return `${now}, its first run: later ones are faster.`;
  return first === null ? `${now}.` : `${now}, warm; the first run took ${millisecondsText(first)}.`;
}

function millisecondsText(milliseconds: number): string {
  return milliseconds < 10 ? `${milliseconds.toFixed(2)} ms` : `${Math.round(milliseconds).toLocaleString('en-US')} ms`;
}

interface AgainstChoiceProps {
  prediction: Prediction;
  against: Against;
  onAgainst: (against: Against) => void;
  onChooseModel: () => void;
}

function AgainstChoice({ prediction, against, onAgainst, onChooseModel }: AgainstChoiceProps) {
  const names = Object.keys(prediction.outputs);
  const outputs = names.length > 1 ? names : [];
  if (against.kind === 'none' && outputs.length === 0)
    return <Link label="Against Another Model…" onAct={onChooseModel} />;
  const options = [
    { value: 'none', label: 'against…' },
    ...outputs.map((name) => ({ value: `output ${name}`, label: `against output ${name}` })),
    ...(against.kind === 'model' ? [{ value: 'model', label: `against ${against.name}` }] : []),
    { value: 'choose', label: 'against another model…' },
  ];
  const value = against.kind === 'output' ? `output ${against.name}` : against.kind;
  return (
    <Choice
      label="What it stands against"
      options={options}
      value={value}
      onChoose={(chosen) => {
        if (chosen === 'choose') onChooseModel();
        else if (chosen === 'none') onAgainst({ kind: 'none' });
        else if (chosen.startsWith('output ')) onAgainst({ kind: 'output', name: chosen.slice('output '.length) });
      }}
    />
  );
}
