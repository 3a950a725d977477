// Trying a model: values at the left, what it predicts at the right.
import { useEffect, useMemo, useRef } from 'react';
import type { ModelForm } from '../../../src/protocol/inference/form/model-form';
import type { Against, TriedState } from '../../../src/protocol/inference/form/try-panel';
import type { ModelOutline } from '../../../src/protocol/inference/outline';
import { useLive } from '../../kit/host/live';
import { Trusted } from '../trusted';
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
  const form = useLive<ModelForm>({
    key: props.name,
    rest: 300,
    load: (from, signal) => askTry(from, 'form', {}, signal),
  });
  return (
    <Trusted>
      {form.error !== undefined && <p className="message worse">{form.error.message}</p>}
      {form.error === undefined && form.value !== undefined && <Tried {...props} form={form.value} />}
    </Trusted>
  );
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
