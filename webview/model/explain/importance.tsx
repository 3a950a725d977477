// Which values the model needs to be right: how much worse it gets when one of them is shuffled among the rows.
import { useState } from 'react';
import type { ChosenBackground } from '../../../src/protocol/inference/explain/explain-panel';
import type { ImportanceMetric, ImportanceResult } from '../../../src/protocol/inference/explain/explanation';
import { countText } from '../../../src/protocol/wording';
import { Button, Choice } from '../../kit/controls';
import { useHost } from '../../kit/host/host-context';
import { Section } from '../../kit/section';
import { signed } from '../try/result/bars';
import { scoreText } from '../try/result/reading';
import { askExplain } from './ask-explain';
import { Explaining } from './explaining';
import { Trouble } from './trouble';
import { useAsked } from './use-asked';

interface ImportanceProps {
  background: ChosenBackground;
  /** Changes with the rows. */
  rows: string;
}

const unmeasured = 'How much worse the model gets when a value is shuffled among the rows, and so tells nothing.';

/** Measured when somebody asks for it: the model is run thousands of times. */
export function Importance({ background, rows }: ImportanceProps) {
  const host = useHost();
  const [label, setLabel] = useState(background.label);
  const [metric, setMetric] = useState<ImportanceMetric | null>(null);
  const [wanted, setWanted] = useState<string | null>(null);
  const key = `${rows} ${label} ${metric}`;
  const asked = useAsked(wanted === key ? key : null, (signal) =>
    askExplain(host, 'importance', { label: label ?? '', metric }, signal),
  );
  const { value, error, isOld } = asked;
  const isShown = value !== null && !isOld;
  const isMeasured = isShown || asked.isWaiting || asked.isCancelled;
  const measure = (): void => (wanted === key ? asked.again() : setWanted(key));
  const acts = (
    <Acts
      label={label}
      measure={label === null || isMeasured ? null : measure}
      labels={background.labels}
      onLabel={setLabel}
      metric={metric}
      onMetric={setMetric}
    />
  );
  return (
    <Section
      title="Importance"
      answer={isShown ? answerText(value) : `of the values, in ${background.name}`}
      acts={acts}
    >
      <Trouble text={error} />
      <Explaining of="importance" what="Shuffling one value after the other…" asked={asked} />
      {isShown ? <Falls found={value} /> : <p className="note">{unmeasured}</p>}
    </Section>
  );
}

interface ActsProps {
  labels: readonly string[];
  label: string | null;
  onLabel: (label: string | null) => void;
  metric: ImportanceMetric | null;
  onMetric: (metric: ImportanceMetric | null) => void;
  /** Null while there is nothing to measure. */
  measure: (() => void) | null;
}

function Acts({ labels, label, metric, onLabel, onMetric, measure }: ActsProps) {
  const none = { value: '', label: 'which column is true?' };
  return (
    <>
      <Choice
        label="The column that holds what is true"
        options={[...(label === null ? [none] : []), ...labels.map((name) => ({ value: name, label: name }))]}
        value={label ?? ''}
        onChoose={(name) => onLabel(name === '' ? null : name)}
      />
      <Choice
        label="What gets worse"
        options={metricOptions}
        value={metric ?? ''}
        onChoose={(name) => onMetric(name === '' ? null : (name as ImportanceMetric))}
      />
      {measure !== null && <Button label="Measure" onAct={measure} />}
    </>
  );
}

function answerText({ metric, score, table }: ImportanceResult): string {
  return `${metricWords[metric]} ${scoreText(score)} of ${countText(table.rows, 'row')}`;
}

const metricWords: Readonly<Record<ImportanceMetric, string>> = {
  accuracy: 'accuracy',
  balanced_accuracy: 'balanced accuracy',
  f1_macro: 'F1 (macro)',
  roc_auc: 'ROC AUC',
  log_loss: 'log loss',
  r2: 'R²',
  rmse: 'RMSE',
  mae: 'MAE',
};
const metricOptions = [
  { value: '', label: 'accuracy or R²' },
  ...Object.entries(metricWords)
    .filter(([name]) => name !== 'accuracy' && name !== 'r2')
    .map(([value, label]) => ({ value, label })),
];

/** From the one that is needed most on. */
function Falls({ found }: { found: ImportanceResult }) {
  const { metric, direction, features, repeats, table, notes } = found;
  const ends = features.flatMap(({ mean, deviation }) => [mean - deviation, mean + deviation]);
  const spread = [Math.min(0, ...ends), Math.max(0, ...ends)] as const;
  return (
    <>
      <table className="bars importance" aria-label="Importance of the values">
        <tbody>
          {features
            .toSorted((a, b) => b.mean - a.mean)
            .map((each) => (
              <Fall key={each.feature} {...each} spread={spread} />
            ))}
        </tbody>
      </table>
      <p className="note">
        {direction === 'down' ? 'Rise' : 'Fall'} of {metricWords[metric]}, ± one standard deviation of{' '}
        {countText(repeats, 'shuffle')}, over {table.rows.toLocaleString('en-US')}
        {table.of > table.rows ? ` of ${table.of.toLocaleString('en-US')}` : ''} rows of {table.name}. A value that
        others can stand in for changes little. It describes the model, not what causes what.
      </p>
      {notes.map((note) => (
        <p key={note} className="note">
          {note}
        </p>
      ))}
    </>
  );
}

type FallProps = ImportanceResult['features'][number] & { spread: readonly [low: number, high: number] };

/** A bar of the mean, a whisker of one standard deviation to either side. */
function Fall({ feature, mean, deviation, spread: [low, high] }: FallProps) {
  const share = (length: number): string => `${high > low ? (100 * length) / (high - low) : 0}%`;
  return (
    <tr>
      <th scope="row" className="cut" title={feature}>
        {feature}
      </th>
      <td className="bar-place">
        <span
          className={mean < 0 ? 'step less' : 'step'}
          style={{ left: share(Math.min(0, mean) - low), width: share(Math.abs(mean)) }}
        />
        <span className="whisker" style={{ left: share(mean - deviation - low), width: share(2 * deviation) }} />
      </td>
      <td className="number">{signed(mean)}</td>
      <td className="number quiet">± {scoreText(deviation)}</td>
    </tr>
  );
}
