// The left side: what is given to the model.
import { countText } from '../../../src/protocol/wording';
import { Button, Link } from '../../kit/controls';
import { useHost } from '../../kit/host/host-context';
import { commandText, pythonText } from './form/copy-as';
import { FieldSource } from './form/field-source';
import { InputFields } from './form/input-fields';
import type { FormRequest } from './form/request';
import type { Pictures } from './image/use-pictures';
import { PasteBox } from './rows/paste-box';
import { RowBar } from './rows/row-bar';
import type { RowSource } from './rows/use-given-rows';
import type { Training } from './use-training';
import type { Trial } from './use-trial';

interface InputPartProps {
  /** As a command names the model's file. */
  path: string;
  trial: Trial;
  training: Training;
  request: FormRequest;
  rows: RowSource;
  predict: () => void;
  onAll: () => void;
  pictures: Pictures;
}

/** The form, its sources, and Predict. */
export function InputPart(props: InputPartProps) {
  const { path, trial, training, request, rows, predict, onAll, pictures } = props;
  const { tried, keep, setTexts } = trial;
  const { form } = rows;
  return (
    <section className="try-input" aria-label="Input">
      <div className="section-head">
        <h2>Input</h2>
        <span className="acts">
          {form.inputs.some(({ kind }) => kind !== 'image') && (
            <Button label="Row from Dataset…" onAct={rows.chooseTable} />
          )}
          <Button label="Paste JSON or CSV…" onAct={() => rows.openPaste(true)} />
        </span>
      </div>
      <FieldSource training={training.known} names={form.names} isLooking={training.isSlow} />
      {rows.isPasting && <PasteBox onTake={rows.take} onClose={() => rows.openPaste(false)} />}
      {rows.error !== '' && (
        <p className="field-said worse" role="alert">
          {rows.error}
        </p>
      )}
      {rows.given !== null && <RowBar given={rows.given} onRow={rows.choose} onAll={onAll} onLeave={rows.leave} />}
      <div className="try-fields">
        {form.inputs.length === 0 && <p className="note">The model takes no input: it is run as it is.</p>}
        {form.inputs.map((input) => (
          <InputFields
            key={input.name}
            {...{ input, tried, request, pictures }}
            onText={(key, text) => setTexts({ [key]: text })}
            onImage={(image, choice) => keep({ images: { ...tried.images, [image]: choice } })}
          />
        ))}
      </div>
      <Foot path={path} request={request} predict={predict} />
    </section>
  );
}

function Foot({ path, request, predict }: { path: string; request: FormRequest; predict: () => void }) {
  const host = useHost();
  const problems = Object.values(request.problems);
  const copy = (text: string): void => void host.command('text.copy', { text });
  const { text } = request;
  return (
    <div className="try-foot">
      <Button label="Predict" primary onAct={predict} />
      <kbd>Ctrl+Enter</kbd>
      {text === null ? (
        <span className="note" role="status">
          {problems.length === 1 ? problems[0] : `${countText(problems.length, 'value')} to mend first`}
        </span>
      ) : (
        <span className="acts note">
          Copy as <Link label="Command" onAct={() => copy(commandText(path, text))} />
          <Link label="Python" onAct={() => copy(pythonText(path, request.inputs))} />
          <Link label="JSON" onAct={() => copy(text)} />
        </span>
      )}
    </div>
  );
}
