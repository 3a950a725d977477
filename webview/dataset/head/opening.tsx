// The verdict: what the reader came for, and the one act that follows from it.
import type { CheckReport } from '../../../src/protocol/datasets/contract/check';
import { Button } from '../../kit/controls';
import { Icon, type IconName } from '../../kit/icon';
import type { DatasetVerdict } from './verdict';

const looks: Readonly<Record<DatasetVerdict['kind'], { icon: IconName; tone: string }>> = {
  fit: { icon: 'finished', tone: 'better' },
  caution: { icon: 'caution', tone: 'caution' },
  unfit: { icon: 'failed', tone: 'worse' },
  unknown: { icon: 'unknown', tone: 'quiet' },
};

/** Announced when the verdict changes, and only then. */
export function Opening(props: {
  verdict: DatasetVerdict;
  report: CheckReport | null;
  onRows: (check: string) => void;
}) {
  const { verdict, report, onRows } = props;
  const { icon, tone } = looks[verdict.kind];
  const bad = report?.checks.find((check) => check.verdict === 'fail' && check.canShowRows);
  return (
    <section className="opening verdict" aria-label="Verdict">
      <Icon name={icon} tone={tone} />
      <h1>{verdict.sentence}</h1>
      {verdict.support !== '' && <p>{verdict.support}</p>}
      {bad !== undefined && (
        <div className="verdict-acts">
          <Button label="Show Bad Rows" onAct={() => onRows(bad.id)} />
        </div>
      )}
      <span className="unseen" role="status">
        {verdict.sentence}
      </span>
    </section>
  );
}
