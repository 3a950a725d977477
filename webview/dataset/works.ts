// The three works on a version that may take a while, and what starts by itself: what the reader looks at.
import { useEffect } from 'react';
import type { DatasetView, MeasuredProfile } from '../../src/protocol/datasets/panel/panel-api';
import type { ShownState } from '../../src/protocol/datasets/panel/panel-state';
import { type Live, useLive } from '../kit/host/live';
import { type Measuring, useMeasuring } from './head/measuring';

/** What goes on, and the profile that is there. */
export interface Works {
  drift: Measuring;
  check: Measuring;
  profile: Measuring;
  profiled: Live<MeasuredProfile>;
}

/** A reference with more rows is profiled when somebody looks at it by itself. */
const mostRows = 2_000_000;

/** Drift and profile of a version are measured when their part is looked at for the first time. */
export function useWorks(view: DatasetView, { tab }: ShownState): Works {
  const [dataset, version] = [view.dataset.name, view.version.id];
  const reference = view.drift?.asked ?? null;
  const about = { dataset, version };
  const drift = useMeasuring({
    ...{ key: JSON.stringify([dataset, version, reference]), what: 'drift', ...about },
    run: (host, again, signal) => host.query('datasets.measureDrift', { ...about, reference, again }, signal),
  });
  const check = useMeasuring({
    ...{ key: JSON.stringify([dataset, version]), what: 'check', ...about },
    run: (host, _again, signal) => host.query('datasets.check', about, signal),
  });
  const profiled = useLive<MeasuredProfile>({
    key: tab === 'profile' ? JSON.stringify([dataset, version, reference]) : '',
    rest: 500,
    load: (host, signal) => host.query('datasets.profile', { ...about, reference, make: false }, signal),
  });
  const profile = useMeasuring({
    ...{ key: JSON.stringify([dataset, version]), what: 'profile', ...about },
    run: (host, again, signal) =>
      host.query('datasets.measureProfile', { ...about, reference, make: true, again }, signal),
  });
  const known = profiled.isCurrent ? profiled.value : undefined;
  useReferenceProfile(view, known);
  const lacksDrift = tab === 'drift' && view.drift !== null && view.drift.drift === null;
  const lacksProfile = known?.profile === null;
  useStarting(lacksDrift, drift, JSON.stringify([dataset, version, reference]));
  useStarting(lacksProfile, profile, JSON.stringify([dataset, version]));
  return { drift, check, profile, profiled };
}

/** Once for each thing it is about; what failed or was cancelled is started by hand. */
function useStarting(isLacking: boolean, { start }: Measuring, about: string): void {
  useEffect(() => {
    if (isLacking && about !== '') start(false);
  }, [isLacking, about, start]);
}

/** What a profile is drawn over is profiled with it. */
function useReferenceProfile(
  { dataset: { name: dataset }, drift, version }: DatasetView,
  known: MeasuredProfile | undefined,
): void {
  const reference = drift?.reference ?? version;
  const other = useMeasuring({
    ...{ key: JSON.stringify([dataset, reference.id]), what: 'profile', dataset, version: reference.id },
    run: (host, again, signal) =>
      host.query('datasets.measureProfile', { dataset, version: reference.id, make: true, again }, signal),
  });
  const isSmall = reference.rows !== null && reference.rows <= mostRows;
  const isLacking = drift !== null && known?.profile != null && known.reference === null && isSmall;
  useStarting(isLacking, other, JSON.stringify([dataset, reference.id]));
}
