// What the model says, and what follows from it.
import { modelSentence } from '../../../src/protocol/inference/file/outline-words';
import type { Against } from '../../../src/protocol/inference/form/try-panel';
import type { ModelOutline } from '../../../src/protocol/inference/outline';
import { useHost } from '../../kit/host/host-context';
import { Icon } from '../../kit/icon';
import { ExplainPart } from '../explain/explain-part';
import { GoldenSection } from '../golden/golden-section';
import { askTry } from './ask-try';
import type { KnownForm } from './form/known-form';
import { AllRows } from './result/all-rows';
import type { Predicting } from './result/predicting';
import { Result } from './result/result';
import { Waiting } from './result/waiting';
import type { RowSource } from './rows/use-given-rows';

interface ResultsProps {
  name: string;
  outline: ModelOutline;
  form: KnownForm;
  single: Predicting;
  many: Predicting;
  rows: RowSource;
  against: Against;
  /** What would be sent now; null while something is wrong with it. */
  current: string | null;
  onAgainst: (against: Against) => void;
}

/** The right side; in a narrow panel the form stands between its two parts. */
export function Results(props: ResultsProps) {
  return (
    <div className="try-result">
      <Answered {...props} />
      <Further {...props} />
    </div>
  );
}

function Answered({ outline, form, single, against, current, onAgainst }: ResultsProps) {
  const host = useHost();
  const chooseModel = (): void => {
    void askTry(host, 'chooseModel', {}).then((other) => other !== null && onAgainst({ kind: 'model', name: other }));
  };
  return (
    <div className="try-answer">
      <Waiting predicting={single} />
      {single.last === null && single.error === null && <Before outline={outline} form={form} />}
      {single.last !== null && single.error === null && (
        <Result
          {...{ outline, against, onAgainst }}
          predicted={single.last}
          since={sinceText(single, current)}
          onChooseModel={chooseModel}
        />
      )}
    </div>
  );
}

function Further({ name, outline, form, single, many, rows, against }: ResultsProps) {
  const { given, choose } = rows;
  const ofGiven = many.last !== null && given?.kind === 'pasted' && many.last.text === given.text ? many.last : null;
  const together = ofGiven === null ? null : { text: ofGiven.text, count: ofGiven.prediction.taken.rows };
  const other = against.kind === 'model' ? against.name : '';
  return (
    <div className="try-further">
      <Waiting predicting={many} />
      {ofGiven !== null && <AllRows predicted={ofGiven} labels={outline.labels} other={other} onRow={choose} />}
      {!hasPicture(form) && <ExplainPart text={single.error === null ? (single.last?.text ?? null) : null} />}
      <GoldenSection name={name} text={single.last?.text ?? null} rows={together} />
    </div>
  );
}

function sinceText({ last, isStale }: Predicting, current: string | null): string {
  if (isStale) return 'The model’s file was written since: press Predict, or Ctrl+Enter, to ask it as it is now.';
  return last?.text === current ? '' : 'Of the values before: press Predict, or Ctrl+Enter, to predict these.';
}

/** Pictures have too many values to be explained. */
function hasPicture({ inputs }: KnownForm): boolean {
  return inputs.some(({ kind }) => kind === 'image');
}

function Before({ outline, form }: { outline: ModelOutline; form: KnownForm }) {
  return (
    <section className="opening" aria-label="Prediction">
      <Icon name="model" tone="quiet" />
      <h1>{modelSentence(outline)}</h1>
      <p>
        {hasPicture(form)
          ? 'Choose a picture and press Predict.'
          : 'Nothing was predicted yet. The fields hold values that it takes: press Predict, or Ctrl+Enter.'}
      </p>
    </section>
  );
}
