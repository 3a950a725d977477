// What the workspace knows of the model's training, as soon as it is known: the form does not wait for it.
import { useMemo } from 'react';
import type { ModelForm } from '../../../src/protocol/inference/form/model-form';
import type { ModelTraining, TryAsks } from '../../../src/protocol/inference/form/try-panel';
import { useLive } from '../../kit/host/live';
import { useLater } from '../../kit/now';
import { askTry } from './ask-try';
import type { KnownColumns } from './form/known-form';

/** `columns` is what the form makes of it. */
export interface Training {
  known: ModelTraining | null;
  columns: Omit<KnownColumns, 'chosen'>;
  isLooking: boolean;
  /** It takes long enough to be told. */
  isSlow: boolean;
}

/** `name` is the model's. */
export function useTraining(name: string, { signature }: ModelForm): Training {
  const live = useLive<TryAsks['training']['answer']>({
    key: name,
    rest: 300,
    load: (from, signal) => askTry(from, 'training', {}, signal),
  });
  const known = live.value?.training ?? null;
  const logged = signature ?? live.value?.signature ?? null;
  const columns = useMemo(() => {
    const { facts = null, apart = [] } = known?.data ?? {};
    return { training: facts === null ? null : { facts, apart }, signature: logged };
  }, [known, logged]);
  // An engine that is away leaves the form as the file alone makes it.
  const isLooking = live.value === undefined && live.error === undefined;
  const isLate = useLater(500);
  return { known, columns, isLooking, isSlow: isLooking && isLate };
}
