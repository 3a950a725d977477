// One registered model: may this version go on? The gate's answer, then the evidence, the people, and what was done.
import { useCallback, useMemo, useState } from 'react';
import type { RegistryPanelBoot, RegistryPanelState } from '../../src/protocol/models/registry/panel/panel-state';
import type { ModelDetail } from '../../src/protocol/models/registry/registered-model';
import type { PanelEngine } from '../../src/protocol/panel';
import { useEngine } from '../kit/host/engine';
import { HostError } from '../kit/host/host';
import { useHost } from '../kit/host/host-context';
import type { Live } from '../kit/host/live';
import { type KeptChoices, KeptChoicesContext } from '../kit/kept/kept-choice';
import { useKeptState } from '../kit/kept/kept-state';
import { Failure, type FailureWords, Loading, StaleBanner } from '../kit/trouble';
import { useDecisions } from './decisions/use-decisions';
import { useGate } from './gate/use-gate';
import { Header } from './head/header';
import { firstState, useModel, useVersion, useWishes, versionPage } from './registry-state';
import { VersionPage } from './version-page';
import { VersionList } from './versions/version-list';

const failureWords: FailureWords = {
  gone: 'This model is not in the workspace',
  goneHelp: 'It was deleted or renamed, or its database was replaced. What is there stands in the Models view.',
  failed: 'This model could not be read',
  failedHelp: 'Nothing was changed.',
};
const versionWords: FailureWords = {
  ...failureWords,
  gone: 'This version is not in the workspace',
  goneHelp: 'It was deleted. The others stand in the list.',
  failed: 'This version could not be read',
};

/** One model; follows it while it is on screen. */
export function RegistryPanel({ boot }: { boot: RegistryPanelBoot }) {
  const host = useHost();
  const engine = useEngine(boot.engine);
  const [state, change] = useKeptState(host, (kept) => firstState(boot, kept));
  const [wanted, setWanted] = useState(versionPage);
  const onVersion = useCallback((version: string) => change({ version }), [change]);
  useWishes(onVersion);
  const live = useModel(state.model, wanted);
  const choices = useMemo<KeptChoices>(
    () => ({ chosen: state.open, choose: (name, isOpen) => change({ open: { ...state.open, [name]: isOpen } }) }),
    [state.open, change],
  );
  const isGone = live.error instanceof HostError && live.error.code === 'not-found';
  if (isGone && live.error !== undefined) return <Failure error={live.error} words={failureWords} />;
  if (live.value === undefined) return <Before engine={engine} error={live.error} />;
  return (
    <KeptChoicesContext value={choices}>
      <Shown
        {...{ model: live.value, live, engine, state, change, onVersion, boot }}
        onMore={() => setWanted((old) => old + versionPage)}
      />
    </KeptChoicesContext>
  );
}

function Before({ engine, error }: { engine: PanelEngine; error: Error | undefined }) {
  const isWaiting = error === undefined || (error instanceof HostError && error.code === 'unavailable');
  return isWaiting ? (
    <Loading engine={engine} doing="Reading the model" />
  ) : (
    <Failure error={error} words={failureWords} />
  );
}

interface ShownProps {
  model: ModelDetail;
  live: Live<ModelDetail>;
  engine: PanelEngine;
  state: RegistryPanelState;
  change: (part: Partial<RegistryPanelState>) => void;
  boot: RegistryPanelBoot;
  onVersion: (version: string) => void;
  onMore: () => void;
}

function Shown({ model, live, engine, state, change, boot, onVersion, onMore }: ShownProps) {
  const version = state.version ?? model.items[0]?.version;
  const detail = useVersion(model.name, version);
  const decisions = useDecisions(`${model.name}@${version}`);
  const isStale = engine.state !== 'running';
  const shown = detail.value?.version === version ? detail.value : undefined;
  const keep = useCallback((gate: RegistryPanelState['gate']) => change({ gate }), [change]);
  const gate = useGate({ first: boot.gate, kept: state.gate, keep }, version, shown?.gated?.gate?.time ?? 0);
  return (
    <main className="panel" aria-busy={isStale}>
      <Header {...{ model, version, decisions, onVersion }} detail={shown} />
      {isStale && <StaleBanner engine={engine} time={live.time} />}
      {live.error !== undefined && !isStale && <p className="banner">{live.error.message}</p>}
      {version === undefined ? (
        <NoVersion name={model.name} />
      ) : (
        <div className="body">
          <VersionList {...{ model, onMore }} chosen={version} onChoose={onVersion} />
          <div className="evidence">
            {detail.error !== undefined && !isStale && <Failure error={detail.error} words={versionWords} />}
            {shown !== undefined && <VersionPage {...{ model, gate, decisions, onVersion }} detail={shown} />}
            {shown === undefined && detail.error === undefined && (
              <Loading engine={engine} doing={`Reading v${version}`} />
            )}
          </div>
        </div>
      )}
    </main>
  );
}

function NoVersion({ name }: { name: string }) {
  return (
    <div className="message">
      <h2 className="alone">{name} has no version yet</h2>
      <p>
        Register one: <code>slipway register {name} model.onnx</code>, or from Python with MLflow’s own calls.
      </p>
    </div>
  );
}
