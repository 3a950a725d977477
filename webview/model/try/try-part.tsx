// Trying a model: values at the left, what it predicts at the right.
import { useEffect, useMemo, useRef } from 'react';
import type { ModelForm } from '../../../src/protocol/inference/form/model-form';
import type { Against, TriedState } from '../../../src/protocol/inference/form/try-panel';
import type { ModelOutline } from '../../../src/protocol/inference/outline';
import { Button } from '../../kit/controls';
import { useHost } from '../../kit/host/host-context';
import { useLive } from '../../kit/host/live';
import { Icon } from '../../kit/icon';
import { askTry } from './ask-try';
import { formRequest } from './form/request';
import { usePictures } from './image/use-pictures';
import { InputPart } from './input-part';
import { usePageKeys } from './page-keys';
import { type Predicting, usePredicting } from './result/predicting';
import { Results } from './results';
import { useGivenRows } from './rows/use-given-rows';
import { useTraining } from './use-training';
import { type Trial, useTrial } from './use-trial';

interface TryPartProps {
  name: string;
  path: string;
  outline: ModelOutline;
  tried: TriedState;
  change: (tried: TriedState) => void;
}

/** The form as soon as it is known. */
export function TryPart(props: TryPartProps) {
  const host = useHost();
  const form = useLive<ModelForm>({
    key: props.name,
    rest: 300,
    load: (from, signal) => askTry(from, 'form', {}, signal),
  });
  const trust = useLive<boolean>({
    key: 'trust',
    rest: 300,
    load: (from, signal) => askTry(from, 'trust', {}, signal),
  });
  if (trust.value === false) {
    return (
      <div className="message" role="alert">
        <Icon name="caution" tone="caution" />
        <h2>This folder is in Restricted Mode</h2>
        <p>A model is a program: it is run only in folders that you trust. What its file says is under Model.</p>
        <div className="acts">
          <Button label="Manage Workspace Trust" primary onAct={() => void host.command('trust.manage', null)} />
        </div>
      </div>
    );
  }
  const error = form.error ?? trust.error;
  if (error !== undefined) return <p className="message worse">{error.message}</p>;
  if (form.value === undefined || trust.value === undefined) return null;
  return <Tried {...props} form={form.value} />;
}

function Tried({ name, path, outline, tried: kept, change, form: own }: TryPartProps & { form: ModelForm }) {
  const trial = useTrial(kept, change);
  const { tried, keep, setTexts } = trial;
  const training = useTraining(name, own);
  const rows = useGivenRows(own, {
    known: training.columns,
    kept: tried.rows,
    onTexts: setTexts,
    onRows: (given) => keep({ rows: given }),
  });
  const { form } = rows;
  const pictures = usePictures(trial);
  const { against } = tried;
  const single = usePredicting(against.kind === 'model');
  const many = usePredicting(against.kind === 'model');
  const request = useMemo(
    () => formRequest(form, tried.values, pictures.inputs),
    [form, tried.values, pictures.inputs],
  );
  const predict = (): void => {
    if (request.text !== null) single.run(request.text);
  };
  usePageKeys({ predict, take: rows.take });
  useChosenModelPredicts(against, single);
  usePredictedAgain({ trial, single, text: training.isLooking ? null : request.text });
  return (
    <div className="try">
      <InputPart
        {...{ path, trial, training, pictures, request, rows, predict }}
        onAll={() => rows.given?.kind === 'pasted' && many.run(rows.given.text)}
      />
      <Results
        {...{ name, outline, form, single, many, rows, against }}
        current={request.text}
        onAgainst={(chosen) => keep({ against: chosen })}
      />
    </div>
  );
}

/** What was predicted before the page was left is predicted again: an answer is never kept. */
function usePredictedAgain({ trial, single, text }: { trial: Trial; single: Predicting; text: string | null }): void {
  const isWanted = useRef(trial.tried.isPredicted);
  const keep = useRef(trial.keep);
  keep.current = trial.keep;
  const { last, error, run } = single;
  useEffect(() => {
    if (!isWanted.current || text === null) return;
    isWanted.current = false;
    run(text);
  }, [text, run]);
  useEffect(() => {
    // A model that did not answer is not asked again by itself.
    if (last !== null || error !== null) keep.current({ isPredicted: error === null });
  }, [last, error]);
}

/** A model that was just chosen to stand beside this one is run on what was predicted. */
function useChosenModelPredicts(against: Against, { last, run }: Predicting): void {
  const name = against.kind === 'model' ? against.name : '';
  const asked = useRef('');
  useEffect(() => {
    // Only a newly chosen model asks for it: the form asks for itself.
    if (name !== '' && name !== asked.current && last !== null) run(last.text);
    asked.current = name;
  }, [name, last, run]);
}
