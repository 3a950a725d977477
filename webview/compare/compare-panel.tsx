// The comparison in the order in which a reviewer asks: the verdict, what changed, by how much, is it noise, where.
import { useEffect, useMemo } from 'react';
import type { ComparePanelBoot, ComparePanelState } from '../../src/protocol/comparison/compare-panel';
import type { CandidateComparison, ComparedSide, Comparison } from '../../src/protocol/comparison/comparison';
import { listText } from '../../src/protocol/comparison/comparison-words';
import type { EvidenceState } from '../../src/protocol/comparison/evidence/evidence-state';
import { comparisonMarkdown } from '../../src/protocol/comparison/report/comparison-markdown';
import type { PanelEngine } from '../../src/protocol/panel';
import { useEngine } from '../kit/host/engine';
import { type Host, HostError } from '../kit/host/host';
import { useHost } from '../kit/host/host-context';
import { type Live, useLive } from '../kit/host/live';
import { Icon } from '../kit/icon';
import { type KeptChoices, KeptChoicesContext } from '../kit/kept/kept-choice';
import { useKeptState } from '../kit/kept/kept-state';
import { Failure, type FailureWords, Loading, StaleBanner } from '../kit/trouble';
import { firstState } from './compare-state';
import { CurvesSection } from './curves/curves-section';
import { type LoadedCurves, useCurves } from './curves/load-curves';
import { ExamplesSection } from './effects/examples-section';
import { MetricsSection } from './effects/metrics-section';
import { SlicesSection } from './effects/slices-section';
import { EvidenceSections } from './evidence/evidence-sections';
import type { ChangeEvidence } from './evidence/evidence-source';
import { FilesSection } from './evidence/files/files-section';
import { type Marks, useAgreedMarks } from './head/agreed-marks';
import { Candidates } from './head/candidates';
import { Header } from './head/header';
import { useNotice } from './head/notice';
import { Opening } from './head/opening';
import { useProgress } from './head/progress';
import type { Sides } from './head/side-name';
import { Changes } from './inputs/changes';
import { Comparable } from './inputs/comparable';
import { Costs } from './inputs/costs';
import { RelationsSection } from './relations/relations-section';

const failureWords: FailureWords = {
  gone: 'One of these runs is not in the workspace',
  goneHelp: 'It was deleted, or its database was replaced. Compare the others anew from the Runs view.',
  failed: 'These runs could not be compared',
  failedHelp: 'Nothing was changed.',
};

type Change = (part: Partial<ComparePanelState>) => void;

/** One comparison; follows its runs while it is on screen. */
export function ComparePanel({ boot }: { boot: ComparePanelBoot }) {
  const host = useHost();
  const engine = useEngine(boot.engine);
  const [state, change] = useKeptState(host, (kept) => firstState(boot, kept));
  const { runIds, metrics, cluster } = state;
  const live = useLive<Comparison>({
    key: JSON.stringify([runIds, metrics, cluster]),
    rest: 3000,
    load: (from, signal) => from.query('comparison.runs', { runIds, metrics, cluster }, signal),
  });
  const comparison = live.value;
  const marks = useAgreedMarks(state, change);
  const curves = useCurves(comparison, state, marks);
  if (comparison === undefined) return <Before engine={engine} live={live} asked={{ runIds, metrics, cluster }} />;
  return <Shown {...{ comparison, live, engine, state, change, curves, marks }} />;
}

type Asked = Pick<ComparePanelState, 'runIds' | 'metrics' | 'cluster'>;

function Before({ engine, live, asked }: { engine: PanelEngine; live: Live<Comparison>; asked: Asked }) {
  const doing = useProgress(asked);
  const { error } = live;
  const isWaiting = error === undefined || (error instanceof HostError && error.code === 'unavailable');
  return isWaiting ? <Loading engine={engine} doing={doing} /> : <Failure error={error} words={failureWords} />;
}

interface ShownProps {
  comparison: Comparison;
  curves: LoadedCurves;
  marks: Marks;
  live: Live<Comparison>;
  engine: PanelEngine;
  state: ComparePanelState;
  change: Change;
}

function Shown({ comparison, curves, marks, live, engine, state, change }: ShownProps) {
  const host = useHost();
  const [notice, tell] = useNotice();
  const copy = (): void => {
    const text = comparisonMarkdown(comparison);
    host.command('text.copy', { text }).then(
      () => tell('Verdict copied as Markdown.'),
      (error: Error) => tell(error.message),
    );
  };
  useCopyKey(copy);
  const { candidates } = comparison;
  const place = Math.min(state.candidate, candidates.length - 1);
  const chosen = candidates[place];
  const isStale = engine.state !== 'running';
  const onSeeds = seedsOf(host, { comparison, chosen, state, change, tell });
  return (
    <main className="panel" aria-busy={isStale}>
      <Header {...{ comparison, chosen, marks, state, change, notice, tell }} />
      {isStale && <StaleBanner engine={engine} time={live.time} />}
      {live.error !== undefined && !isStale && <p className="banner">{live.error.message}</p>}
      <InTrash names={comparison.inTrash ?? []} />
      <Opening comparison={comparison} onCopy={copy} onSeeds={onSeeds} />
      {candidates.length > 1 && (
        <Candidates
          comparison={comparison}
          marks={marks}
          place={place}
          rankBy={state.rankBy}
          onRank={(rankBy) => change({ rankBy })}
          onChoose={(at) => change({ candidate: at, evidence: { ...state.evidence, slice: null, example: null } })}
        />
      )}
      {chosen !== undefined && <Body {...{ comparison, chosen, curves, marks, state, change }} />}
    </main>
  );
}

/** What is compared may be thrown away meanwhile: nothing of it is lost yet. */
function InTrash({ names }: { names: readonly string[] }) {
  if (names.length === 0) return null;
  const shown = names.length > 5 ? [...names.slice(0, 4), `${names.length - 4} more`] : names;
  return (
    <p className="banner quiet-banner" role="status">
      <Icon name="trash" tone="quiet" />
      <span>
        In the trash: {listText(shown)}. {names.length === 1 ? 'It' : 'They'} can be restored from there in the Runs
        view.
      </span>
    </p>
  );
}

/** Runs the two sides in sight with other seeds; the new runs join the comparison. */
function seedsOf(
  host: Host,
  {
    comparison,
    chosen,
    state,
    change,
    tell,
  }: Pick<ShownProps, 'comparison' | 'state' | 'change'> & {
    chosen: CandidateComparison | undefined;
    tell: (words: string) => void;
  },
): (() => void) | undefined {
  if (chosen === undefined) return undefined;
  const sides = [comparison.baseline, chosen.candidate].map(({ runs }) => runs.map(({ runId }) => runId));
  return () => {
    const asked = { sides, names: comparison.seedNames };
    host.command('compare.moreSeeds', asked).then(
      (runIds) => {
        if (runIds.length > 0) change({ runIds: [...state.runIds, ...runIds] });
      },
      (error: Error) => tell(error.message),
    );
  };
}

interface BodyProps {
  comparison: Comparison;
  curves: LoadedCurves;
  marks: Marks;
  chosen: CandidateComparison;
  state: ComparePanelState;
  change: Change;
}

function Body({ comparison, chosen, curves, marks, state, change }: BodyProps) {
  const choices = useMemo<KeptChoices>(
    () => ({ chosen: state.open, choose: (name, isOpen) => change({ open: { ...state.open, [name]: isOpen } }) }),
    [state.open, change],
  );
  const judged = chosen.predictions === null ? { baseline: [], candidate: [] } : chosen.judged;
  const sides = { baseline: comparison.baseline, candidate: chosen.candidate, judged, runIds: state.runIds, marks };
  return (
    <KeptChoicesContext value={choices}>
      <div className="compared">
        <div className="compared-inputs">
          <Changes chosen={chosen} sides={sides} />
          <Comparable answers={chosen.comparable} cautions={chosen.predictions?.cautions ?? []} />
          <Costs costs={chosen.costs} sides={sides} />
        </div>
        <div className="compared-effects">
          <MetricsSection
            chosen={chosen}
            sides={sides}
            state={state}
            change={change}
            onAdd={(runIds) => change({ runIds: [...state.runIds, ...runIds] })}
          />
          <Seen key={pairOf(sides)} chosen={chosen} sides={sides} state={state} change={change} />
          <CurvesSection loaded={curves} state={state} change={change} />
          <RelationsSection
            comparison={comparison}
            marks={marks}
            state={state}
            change={change}
            mayAsk={curves.isSettled}
          />
        </div>
      </div>
    </KeptChoicesContext>
  );
}

/** A side by the name of its first run: files are that one's alone. */
function firstOf(side: ComparedSide): ComparedSide {
  return { ...side, name: side.runs[0]?.name ?? side.name };
}

/** The runs that are looked at: what was answered about others is never shown under their names. */
function pairOf({ baseline, candidate, judged }: Sides): string {
  const first = [baseline, candidate].map(({ runs }) => runs[0]?.runId);
  return [...first, ...judged.baseline, ...judged.candidate].join(' ');
}

/** What lies behind the numbers: slices, examples, what the predictions show, and files. */
function Seen({ chosen, sides, state, change }: Omit<BodyProps, 'comparison' | 'curves' | 'marks'> & { sides: Sides }) {
  const { evidence } = state;
  const changeEvidence: ChangeEvidence = (part) => change({ evidence: { ...evidence, ...part } });
  const first = { ...sides, baseline: firstOf(sides.baseline), candidate: firstOf(sides.candidate) };
  const behind = { state: evidence, change: changeEvidence };
  // Without predictions of all, those of the first runs are looked at.
  const shown = { sides: chosen.predictions === null ? first : sides, ...behind };
  const onOpen = (slice: EvidenceState['slice']): void => changeEvidence({ slice, example: null });
  return (
    <>
      <SlicesSection chosen={chosen} sides={sides} open={evidence.slice} onOpen={onOpen} />
      <ExamplesSection flips={chosen.predictions?.flips ?? null} {...shown} />
      <EvidenceSections {...shown} />
      <FilesSection sides={first} {...behind} />
    </>
  );
}

/** Ctrl+C copies the verdict where no text is chosen. */
function useCopyKey(copy: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const isCopy = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key === 'c';
      if (!isCopy || String(window.getSelection()) !== '') return;
      event.preventDefault();
      copy();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  });
}
