// One model: what it is, what it takes and gives, whether it runs here, what it is made of.
import { useCallback, useEffect } from 'react';

import { modelSentence, runSentence } from '../../src/protocol/inference/file/outline-words';
import { firstTrial } from '../../src/protocol/inference/form/try-panel';
import type { ModelPanelBoot, ModelPanelState, ModelPart } from '../../src/protocol/inference/model-panel';
import type { ModelOutline } from '../../src/protocol/inference/outline';
import { bytesText, countText } from '../../src/protocol/wording';
import { Button, Segments } from '../kit/controls';
import { type Host, HostError } from '../kit/host/host';
import { useHost } from '../kit/host/host-context';
import { type Live, useLive } from '../kit/host/live';
import { Icon } from '../kit/icon';
import { type KeptChoices, KeptChoicesContext } from '../kit/kept/kept-choice';
import { useKeptState } from '../kit/kept/kept-state';
import { Reading } from '../kit/trouble';
import { Graph } from './graph/graph';
import { askModel } from './model-source';
import { QuantizedSection } from './quantized/quantized-section';
import { Facts } from './said/facts';
import { Values } from './said/values';
import { TryPart } from './try/try-part';
import { Works } from './works';

/** The whole page; follows the file while it is on screen. */
export function ModelPanel({ boot }: { boot: ModelPanelBoot }) {
  const host = useHost();
  const [state, keep] = useKeptState(host, (kept) => firstState(kept, boot));
  const change = useCallback((part: Partial<ModelPanelState>) => keep({ ...part, time: Date.now() }), [keep]);
  useKeptAtOnce(host, state);
  const live = useLive<ModelOutline>({
    key: boot.name,
    rest: 300,
    load: (from, signal) => askModel(from, 'outline', {}, signal),
  });
  if (live.error !== undefined) return <Failed name={boot.name} error={live.error} />;
  if (live.value === undefined) return <Reading name={boot.name} />;
  const choices: KeptChoices = {
    chosen: state.open,
    choose: (name, isOpen) => change({ open: { ...state.open, [name]: isOpen } }),
  };
  return (
    <KeptChoicesContext value={choices}>
      <Shown {...boot} live={live} outline={live.value} state={state} change={change} />
    </KeptChoicesContext>
  );
}

function firstState(kept: unknown, { against, part, kept: written }: ModelPanelBoot): ModelPanelState {
  const [old] = [kept, written]
    .flatMap((each) => (each ?? []) as Partial<ModelPanelState>)
    .toSorted((a, b) => (b.time ?? 0) - (a.time ?? 0));
  const fresh: ModelPanelState = {
    v: 1,
    time: 0,
    open: {},
    find: '',
    node: null,
    graph: 0,
    part,
    groups: { group: null, positive: null, leastRows: 30 },
    tried: against === null ? firstTrial : { ...firstTrial, against: { kind: 'model', name: against } },
  };
  return old?.v === 1 ? { ...fresh, ...old } : fresh;
}

/** Hands it to the host when it has rested: a window that is reloaded soon after a change has it then. */
function useKeptAtOnce(host: Host, state: ModelPanelState): void {
  useEffect(() => {
    if (state.time === 0) return;
    const timer = setTimeout(() => {
      // A page that cannot keep it loses nothing that is on screen.
      host.query('keepState' as never, { state } as never).catch(() => undefined);
    }, 200);
    return () => clearTimeout(timer);
  }, [host, state]);
}

interface ShownProps {
  name: string;
  path: string;
  live: Live<ModelOutline>;
  outline: ModelOutline;
  state: ModelPanelState;
  change: (part: Partial<ModelPanelState>) => void;
}

function Shown({ name, path, live, outline, state, change }: ShownProps) {
  const part = state.part ?? (outline.blocks.length > 0 ? 'model' : 'try');
  return (
    <main className={part === 'graph' ? 'panel model-panel whole' : 'panel model-panel'}>
      <Head name={name} outline={outline} part={part} onPart={(chosen) => change({ part: chosen })} />
      {part === 'table' || part === 'speed' ? (
        <Works {...{ part, outline, state, change }} />
      ) : part === 'try' ? (
        <TryPart {...{ name, path, outline }} tried={state.tried} change={(tried) => change({ tried })} />
      ) : part === 'graph' ? (
        <Graph nodes={outline.nodes} stamp={live.time} {...{ state, change }} />
      ) : (
        <Said outline={outline} />
      )}
    </main>
  );
}

/** What the file says. */
function Said({ outline }: { outline: ModelOutline }) {
  return (
    <>
      <Opening outline={outline} />
      <QuantizedSection />
      <div className="split">
        <Values outline={outline} />
        <Facts outline={outline} />
      </div>
    </>
  );
}

const parts: readonly { value: ModelPart; label: string }[] = [
  { value: 'try', label: 'Try It' },
  { value: 'table', label: 'Table' },
  { value: 'speed', label: 'Speed' },
  { value: 'model', label: 'Model' },
  { value: 'graph', label: 'Graph' },
];

interface HeadProps {
  name: string;
  outline: ModelOutline;
  part: ModelPart;
  onPart: (part: ModelPart) => void;
}

function Head({ name, outline, part, onPart }: HeadProps) {
  const { inputs, outputs, operatorSets, bytes } = outline;
  const opset = operatorSets.find(({ domain }) => domain === 'ai.onnx');
  return (
    <header className="head">
      <div className="head-title">
        <Icon name="model" />
        <strong className="cut">{name}</strong>
      </div>
      <div className="head-facts">
        <span>
          {countText(inputs.length, 'input')}, {countText(outputs.length, 'output')}
        </span>
        {opset !== undefined && <span className="fact">opset {opset.version}</span>}
        <span className="fact">{bytesText(bytes)}</span>
      </div>
      <div className="head-acts">
        <Segments label="What is shown" options={parts} value={part} onChoose={onPart} />
      </div>
    </header>
  );
}

function Opening({ outline }: { outline: ModelOutline }) {
  const { blocks, notes } = outline;
  const runs = blocks.length === 0;
  return (
    <section className="opening" aria-label="What it is">
      <Icon name={runs ? 'model' : 'failed'} tone={runs ? 'quiet' : 'worse'} />
      <h1>{modelSentence(outline)}</h1>
      <p>{runSentence(outline)}</p>
      {blocks.length > 0 && (
        <ul className="blocks">
          {blocks.map(({ text }) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
      {notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
    </section>
  );
}

function Failed({ name, error }: { name: string; error: Error }) {
  const host = useHost();
  const isGone = error instanceof HostError && error.code === 'not-found';
  return (
    <div className="message" role="alert">
      <Icon name={isGone ? 'unknown' : 'failed'} tone={isGone ? 'quiet' : 'worse'} />
      <h2>{isGone ? `${name} is gone` : `${name} cannot be shown`}</h2>
      <p>{isGone ? 'It was deleted or moved. It is shown again as soon as it is back.' : error.message}</p>
      <div className="acts">
        <Button
          label="Open Anyway in Another Editor…"
          onAct={() => void host.command('model.openWith' as never, null as never)}
        />
      </div>
    </div>
  );
}
