// What no check asks for and is yet unlike the versions before; a number that is right can be said to be.
import { useEffect, useState } from 'react';
import type { BatchAnomaly } from '../../../src/protocol/datasets/contract/check';
import type { VersionAnomalies } from '../../../src/protocol/datasets/contract/check-api';
import type { JobProgress } from '../../../src/protocol/jobs/job';
import { countText } from '../../../src/protocol/wording';
import { Link } from '../../kit/controls';
import { useHost } from '../../kit/host/host-context';
import { useLive } from '../../kit/host/live';
import { Icon } from '../../kit/icon';

const lookEvery = 500;

/** Of any dataset, with a contract or without. Asked for while it is looked at. */
export function Anomalies({ dataset, version }: { dataset: string; version: string }) {
  const host = useHost();
  const [trouble, setTrouble] = useState<string>();
  const live = useLive<VersionAnomalies>({
    key: JSON.stringify([dataset, version]),
    rest: 500,
    load: (from, signal) => from.query('datasets.anomalies', { dataset, version }, signal),
  });
  const found = live.isCurrent ? live.value : undefined;
  const expect = (each: BatchAnomaly): void => {
    const { measure, column, isExpected } = each;
    host.query('datasets.expect', { dataset, version, measure, column, expected: !isExpected }).then(
      () => setTrouble(undefined),
      (error: Error) => setTrouble(error.message),
    );
  };
  const said = trouble ?? live.error?.message;
  const progress = useProgress({ dataset, version, isWaiting: found === undefined && said === undefined });
  return (
    <section className="section" aria-label="Unlike earlier versions">
      <div className="section-head">
        <h2>Unlike earlier versions?</h2>
        <span className="answer" role="status">
          {found === undefined ? (said ?? waitingText(progress)) : answerOf(found)}
        </span>
      </div>
      {found !== undefined && said !== undefined && <p className="note">{said}</p>}
      {found !== undefined && found.anomalies.length > 0 && (
        <ul className="note">
          {found.anomalies.map((each) => (
            <One key={`${each.measure} ${each.column}`} anomaly={each} onExpect={() => expect(each)} />
          ))}
        </ul>
      )}
    </section>
  );
}

interface Looked {
  dataset: string;
  version: string;
  isWaiting: boolean;
}

/** The first look may have to measure many versions. */
function useProgress({ dataset, version, isWaiting }: Looked): JobProgress | null {
  const host = useHost();
  const [progress, setProgress] = useState<JobProgress | null>(null);
  useEffect(() => {
    if (!isWaiting) return;
    let isOver = false;
    const look = (): void =>
      void host.query('datasets.work', { dataset, version, what: 'anomalies' }).then(
        (work) => isOver || setProgress(work?.progress ?? null),
        () => undefined,
      );
    const timer = setInterval(look, lookEvery);
    return () => {
      isOver = true;
      clearInterval(timer);
      setProgress(null);
    };
  }, [host, dataset, version, isWaiting]);
  return progress;
}

function waitingText(progress: JobProgress | null): string {
  if (progress === null || progress.total < 2) return 'Comparing with the versions before…';
  return `Measuring versions, ${progress.done} of ${progress.total} done…`;
}

function One({ anomaly, onExpect }: { anomaly: BatchAnomaly; onExpect: () => void }) {
  const { sentence, verdict, isExpected } = anomaly;
  const tone = verdict === 'fail' ? 'worse' : 'caution';
  return (
    <li className="state">
      <Icon
        name={isExpected ? 'finished' : verdict === 'fail' ? 'failed' : 'caution'}
        tone={isExpected ? 'quiet' : tone}
      />
      <span className={isExpected ? 'quiet' : ''}>
        {sentence}
        {isExpected && ' This was expected.'}
      </span>
      <Link label={isExpected ? 'Undo' : 'This Was Expected'} onAct={onExpect} />
    </li>
  );
}

function answerOf({ anomalies, compared, least }: VersionAnomalies): string {
  const earlier = countText(compared, 'earlier version');
  if (compared < least) return `${earlier}; it takes ${least} to compare with`;
  const news = anomalies.filter(({ isExpected }) => !isExpected).length;
  return news === 0 ? `no, of ${earlier} compared` : `${countText(news, 'number')} far from ${earlier}`;
}
