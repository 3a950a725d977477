// Where names, categories and usual values of the form come from, with the way there.
import type { ModelTraining } from '../../../../src/protocol/inference/form/try-panel';
import { countText } from '../../../../src/protocol/wording';
import { Link } from '../../../kit/controls';
import { useHost } from '../../../kit/host/host-context';
import type { KnownForm } from './known-form';

/** `isLooking`: it is not known yet whether a run made the model. */
interface FieldSourceProps {
  training: ModelTraining | null;
  names: KnownForm['names'];
  isLooking: boolean;
}

/** A sentence, or nothing where nothing is known. */
export function FieldSource({ training, names, isLooking }: FieldSourceProps) {
  if (isLooking) return <p className="note field-source">Looking for the run that made this model…</p>;
  const signature = names === 'signature' ? ' Names are those of the signature that was logged with it.' : '';
  if (training === null) return signature === '' ? null : <p className="note field-source">{signature.trim()}</p>;
  return (
    <p className="note field-source">
      <Sentence training={training} />
      {signature}
    </p>
  );
}

function Sentence({ training: { run, data } }: { training: ModelTraining }) {
  const host = useHost();
  const open = (what: 'training.run' | 'training.data') => () => void host.command(what as never, null as never);
  const made = (
    <>
      run <Link label={run.name} onAct={open('training.run')} />
      {run.versions.length > 0 && `, ${run.versions.join(', ')}`}
      {run.others > 0 && `, as did ${countText(run.others, 'other run')}`}
    </>
  );
  if (data === null) return <>Made by {made}, which named no registered data.</>;
  const name = data.file === null ? `${data.dataset}@${data.versionName}` : data.dataset;
  const version = <Link label={name} onAct={open('training.data')} />;
  if (data.facts === null) {
    return (
      <>
        Made by {made} of {version}. {data.problem}
      </>
    );
  }
  return (
    <>
      Fields from {version}, {useText(data.use)} of {made}.{data.by === 'name' && ' The run named it by its name only.'}
      {data.file !== null && ' It is registered nowhere.'}
      {data.file?.isChanged === true && ' It may have been written since.'}
    </>
  );
}

function useText(use: string | null): string {
  if (use === null) return 'the data';
  return /^train/i.test(use) ? 'the training data' : `the ${use} data`;
}
