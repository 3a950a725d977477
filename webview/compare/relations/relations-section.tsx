// What goes with what? Params and metrics over all compared runs, in four views.
import { useMemo } from 'react';
import type { ComparePanelState, RelationsState } from '../../../src/protocol/comparison/compare-panel';
import type { Comparison } from '../../../src/protocol/comparison/comparison';
import type { Importance, RelationValues } from '../../../src/protocol/comparison/relations';
import { countText } from '../../../src/protocol/wording';
import { useHost } from '../../kit/host/host-context';
import { useLive } from '../../kit/host/live';
import { Fold, Section } from '../../kit/section';
import type { Marks } from '../head/agreed-marks';
import { answerText } from './importance-words';
import { byStrength, firstRelations, type RelationView, targetOf } from './related-runs';
import { RelationTools } from './relation-tools';
import { Bars } from './views/bars';
import { ImportanceChart } from './views/importance';
import { Parallel } from './views/parallel';
import { Scatter } from './views/scatter';

/** With so many runs or fewer the tables above say it all; the pictures wait folded. */
const fewRuns = 2;

/** Nothing where no run has a number to hold the others against. */
export function RelationsSection(props: {
  comparison: Comparison;
  marks: Marks;
  state: ComparePanelState;
  change: (part: Partial<ComparePanelState>) => void;
  /** False while what stands above is still asked for. */
  mayAsk: boolean;
}) {
  const { comparison, marks, state: panel, change, mayAsk } = props;
  const state = { ...firstRelations, ...panel.relations };
  const values = useValues(mayAsk ? panel.runIds : [], state);
  const compared = (comparison.candidates[0]?.metrics ?? []).map(({ metric }) => metric);
  const target = values === undefined ? undefined : targetOf(values, state.target, compared);
  const importance = useImportance(panel.runIds, { state, target: target?.id ?? null, runs: values?.runs.length ?? 0 });
  const view = useView({ values, target, importance, comparison, marks, state, change });
  if (view === null) return null;
  const isFew = view.values.runs.length <= fewRuns;
  const answer = isFew
    ? `${countText(view.values.runs.length, 'run')}: too few to tell`
    : importance === undefined
      ? ''
      : answerText(importance, view.target.name);
  const body = <Body view={view} isFew={isFew} />;
  return (
    <Section title="What goes with what?" answer={answer}>
      {isFew ? (
        <Fold name="relations" label="Charts over params and metrics">
          {body}
        </Fold>
      ) : (
        body
      )}
    </Section>
  );
}

function Body({ view, isFew }: { view: RelationView; isFew: boolean }) {
  const { state, importance } = view;
  const chosen = isFew && state.view === 'importance' ? 'bar' : state.view;
  const across = view.values.columns.find(({ id }) => id === state.across) ?? byStrength(view)[0];
  return (
    <>
      <RelationTools view={view} chosen={chosen} isFew={isFew} across={across} />
      {chosen === 'importance' && importance !== undefined && <ImportanceChart view={view} importance={importance} />}
      {chosen === 'scatter' && across !== undefined && <Scatter view={view} across={across} />}
      {chosen === 'scatter' && across === undefined && (
        <p className="note">These runs have nothing else that differs.</p>
      )}
      {chosen === 'parallel' && <Parallel view={view} />}
      {chosen === 'bar' && <Bars view={view} />}
      {view.values.left > 0 && (
        <p className="note">
          {countText(view.values.left, 'more param or metric', 'more params and metrics')} found no room here.
        </p>
      )}
    </>
  );
}

function useValues(runIds: readonly string[], { stat }: RelationsState): RelationValues | undefined {
  return useLive({
    key: runIds.length === 0 ? '' : JSON.stringify([runIds, stat]),
    rest: 3000,
    load: (host, signal) => host.query('comparison.values', { runIds: [...runIds], stat }, signal),
  }).value;
}

/** Known by rank first; with a forest only while it is looked at, since that takes up to seconds. */
function useImportance(
  runIds: readonly string[],
  { state, target, runs }: { state: RelationsState; target: string | null; runs: number },
): Importance | undefined {
  const { stat } = state;
  const ask = target === null || runs <= fewRuns ? null : { runIds: [...runIds], stat, target };
  const byRank = useAnswer(ask === null ? null : { ...ask, forest: false });
  const byForest = useAnswer(ask === null || state.view !== 'importance' ? null : { ...ask, forest: true });
  return byForest ?? byRank;
}

function useAnswer(ask: { runIds: string[]; stat: RelationsState['stat']; target: string; forest: boolean } | null) {
  const { value, isCurrent } = useLive({
    key: ask === null ? '' : JSON.stringify(ask),
    rest: 10_000,
    load: (host, signal) =>
      host.query('comparison.importance', ask ?? { runIds: [], stat: 'last', target: '', forest: false }, signal),
  });
  return ask !== null && isCurrent ? value : undefined;
}

function useView(given: {
  values: RelationValues | undefined;
  target: RelationView['target'] | undefined;
  importance: Importance | undefined;
  comparison: Comparison;
  marks: Marks;
  state: RelationsState;
  change: (part: Partial<ComparePanelState>) => void;
}): RelationView | null {
  const { values, target, importance, comparison, marks, state, change } = given;
  const host = useHost();
  const kept = JSON.stringify(state);
  return useMemo(() => {
    if (values === undefined || target === undefined) return null;
    const own = JSON.parse(kept) as RelationsState;
    return {
      values,
      target,
      importance,
      comparison,
      marks: values.runs.map(({ runId }) => marks.get(runId) ?? 0),
      state: own,
      change: (part) => change({ relations: { ...own, ...part } }),
      open: (run) => {
        const { runId } = values.runs[run] ?? {};
        if (runId !== undefined) void host.command('compare.openRun', { runId });
      },
    };
  }, [values, target, importance, comparison, marks, kept, change, host]);
}
