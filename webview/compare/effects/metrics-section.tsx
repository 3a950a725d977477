// By how much, and is it noise? Each metric with both values, the difference, its interval, and the verdict.
import type { ComparePanelState } from '../../../src/protocol/comparison/compare-panel';
import { type CandidateComparison, type ComparedMetric, notJudged } from '../../../src/protocol/comparison/comparison';
import {
  chanceText,
  intervalText,
  listText,
  signedText,
  unitText,
} from '../../../src/protocol/comparison/comparison-words';
import { countText, directionArrow, numberText } from '../../../src/protocol/wording';
import { Link, Segments } from '../../kit/controls';
import { useHost } from '../../kit/host/host-context';
import { Icon } from '../../kit/icon';
import { Section } from '../../kit/section';
import { verdictLook } from '../head/opening';
import { SideName, type Sides } from '../head/side-name';
import { evenReach, Forest } from './forest';

/** How many columns are offered as what is resampled. */
const mostUnits = 4;

/** The table, then what the intervals rest on. */
export function MetricsSection(props: {
  chosen: CandidateComparison;
  sides: Sides;
  state: ComparePanelState;
  change: (part: Partial<ComparePanelState>) => void;
  onAdd: (runIds: string[]) => void;
}) {
  const { chosen, sides, state, change, onAdd } = props;
  const { metrics, notes } = chosen;
  if (metrics.length === 0) {
    return (
      <Section
        title="By how much, and is it noise?"
        answer="no metric in common"
        acts={<MetricChoice metrics={metrics} state={state} change={change} />}
      >
        <Notes sentences={notes} />
      </Section>
    );
  }
  return (
    <Section
      title="By how much, and is it noise?"
      answer={answerOf(metrics)}
      acts={
        <>
          <MetricChoice metrics={metrics} state={state} change={change} />
          <UnitChoice chosen={chosen} cluster={state.cluster} onCluster={(cluster) => change({ cluster })} />
        </>
      }
    >
      <MetricTable metrics={metrics} sides={sides} />
      <Notes sentences={[...notes, ...tickNote(metrics)]} />
      <Repeats sides={sides} onAdd={onAdd} />
    </Section>
  );
}

/** Few pairs of seeds allow few metrics to be judged: the user says which count. */
function MetricChoice(props: {
  metrics: readonly ComparedMetric[];
  state: ComparePanelState;
  change: (part: Partial<ComparePanelState>) => void;
}) {
  const { metrics, state, change } = props;
  const host = useHost();
  if (state.metrics.length > 0) return <Link label="Judge All Metrics" onAct={() => change({ metrics: [] })} />;
  if (metrics.length < 2) return null;
  const choose = async (): Promise<void> => {
    const items = metrics.map(({ metric }) => ({ id: metric, label: metric, description: '', picked: false }));
    const picked = await host.command('list.pick', { title: 'Metrics that are judged', items });
    if (picked !== null) change({ metrics: picked });
  };
  return <Link label="Choose Metrics…" onAct={() => void choose()} />;
}

function MetricTable({ metrics, sides }: { metrics: readonly ComparedMetric[]; sides: Sides }) {
  return (
    <table className="metrics">
      <thead>
        <tr>
          <th>Metric</th>
          <th className="number wide">
            <SideName side={sides.baseline} marks={sides.marks} />
          </th>
          <th className="number wide">
            <SideName side={sides.candidate} marks={sides.marks} />
          </th>
          <th className="number">Δ</th>
          <th className="plot">
            <span className="ends">
              <span>← worse</span>
              <span>better →</span>
            </span>
          </th>
          <th>
            <span className="narrow-unseen">Beyond noise?</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {metrics.map((metric) => (
          <MetricRow key={metric.metric} metric={metric} />
        ))}
      </tbody>
    </table>
  );
}

function MetricRow({ metric: each }: { metric: ComparedMetric }) {
  const { metric, direction, baseline, candidate, effect, interval, verdict } = each;
  const tone = verdict === 'cannot tell' ? '' : verdict;
  return (
    <tr>
      <th scope="row" title={`${metric}: ${directionWords[direction]}`}>
        <span className="name-cell">
          <span className="cut">{metric}</span>
          <span className="quiet">{directionArrow(direction)}</span>
        </span>
        <small className="narrow-only">
          {valueText(baseline)} → {valueText(candidate)}
        </small>
        <small className="narrow-only">{whyText(each)}</small>
      </th>
      <td className="number wide">{valueText(baseline)}</td>
      <td className="number wide">{valueText(candidate)}</td>
      <td className="number">
        <span className={tone}>{effect === null ? '–' : signedText(effect)}</span>
        <small>{interval === null ? 'no interval' : intervalText(interval)}</small>
      </td>
      <td className="plot">
        <Forest metric={each} reach={evenReach(each)} />
      </td>
      <td>
        <span className="judged">
          <Icon name={verdictLook[verdict].icon} tone={verdictLook[verdict].tone} />
          <span className="narrow-unseen">{verdictLook[verdict].word}</span>
        </span>
        <small className="wide" title={each.why ?? each.test}>
          {whyText(each)}
        </small>
      </td>
    </tr>
  );
}

const directionWords = { up: 'higher is better', down: 'lower is better', none: 'no direction is known' } as const;

/** Which rows belong together: those of one day, user or group say less than as many rows by themselves. */
function UnitChoice(props: {
  chosen: CandidateComparison;
  cluster: string | null;
  onCluster: (column: string | null) => void;
}) {
  const { rows } = props.chosen.predictions ?? {};
  if (rows === undefined || (rows.unitChoices.length === 0 && rows.unit === null)) return null;
  const columns = [
    ...new Set([...(rows.unit === null ? [] : [rows.unit]), ...rows.unitChoices.map(({ column }) => column)]),
  ];
  const options = [
    { value: '', label: 'rows' },
    ...columns.slice(0, mostUnits).map((column) => ({ value: column, label: column })),
  ];
  return (
    <Segments
      label="Resample by"
      options={options}
      value={props.cluster ?? ''}
      onChoose={(column) => props.onCluster(column === '' ? null : column)}
    />
  );
}

/** Repeats that lie in the workspace and were not asked for: they tell what the choice of a seed does. */
function Repeats({ sides, onAdd }: { sides: Sides; onAdd: (runIds: string[]) => void }) {
  const { baseline, candidate } = sides;
  const found = [...baseline.repeats, ...candidate.repeats];
  if (found.length === 0) return null;
  const counts = [baseline, candidate].flatMap(({ name, repeats }) =>
    repeats.length === 0 ? [] : [`${countText(repeats.length, 'more repeat')} of ${name}`],
  );
  return (
    <p className="note below">
      Not named yet: {listText(counts)}, alike but for seed or fold.{' '}
      <Link label="Add Them" onAct={() => onAdd(found.map(({ runId }) => runId))} />
    </p>
  );
}

function Notes({ sentences }: { sentences: readonly string[] }) {
  if (sentences.length === 0) return null;
  return <p className="note below">{sentences.join(' ')}</p>;
}

/** What the ticks below the intervals are. */
function tickNote(metrics: readonly ComparedMetric[]): string[] {
  const pairs = metrics.find(({ seeds }) => seeds?.differences != null)?.seeds?.differences?.length ?? 0;
  return pairs === 0 ? [] : [`Ticks: ${countText(pairs, 'pair')} of repeats.`];
}

function answerOf(metrics: readonly ComparedMetric[]): string {
  const moved = metrics.filter(({ verdict }) => verdict !== 'cannot tell').length;
  const judged = metrics.filter(({ interval }) => interval !== null).length;
  if (judged === 0) return 'the noise is not known';
  return `${moved === 0 ? 'none' : moved} of ${countText(metrics.length, 'metric')} ${moved === 1 ? 'moves' : 'move'} beyond noise`;
}

function valueText(value: number | null): string {
  return value === null ? '–' : numberText(value);
}

/** `p = .029`, or how much data would tell. */
function whyText({ verdict, p, needs, unit, n, why, seeds }: ComparedMetric): string {
  if (verdict === 'cannot tell' && needs !== null && needs > n) return `needs ~${unitText(needs, unit)}`;
  const repeats = seeds?.needs ?? null;
  if (verdict === 'cannot tell' && needs === null && repeats !== null)
    return `needs ~${unitText(repeats, 'runs of each')}`;
  if (why?.startsWith(notJudged) === true) return 'not judged';
  if (p !== null) return `p ${p < 0.001 ? '' : '= '}${chanceText(p)}`;
  return why ?? '';
}
