// Where does it come from, and what came of it?
import type { DatasetVersion } from '../../../src/protocol/datasets/dataset';
import type { Lineage, LineageNode } from '../../../src/protocol/datasets/lineage';
import { useHost } from '../../kit/host/host-context';
import { useLive } from '../../kit/host/live';
import { Icon } from '../../kit/icon';
import { useLater } from '../../kit/now';
import { useWidth } from '../../kit/width';
import { Key } from '../plot/key';
import { LineageDrawing } from './lineage-drawing';
import { keyOf, lineageLayout } from './lineage-layout';
import { LineageList } from './lineage-list';
import { lineageSummary } from './lineage-words';

/** Narrower than this, all columns together or each, the lineage is a list. */
const [leastWidth, leastColumn] = [560, 140];

/** Everything within reach of one version. */
export function LineageTab({ version }: { version: DatasetVersion }) {
  const host = useHost();
  const subject = { kind: 'version', id: `${version.dataset}@${version.id}` } as const;
  const live = useLive<Lineage>({
    key: subject.id,
    rest: 1000,
    load: (from, signal) => from.query('datasets.lineage', { ...subject, depth: 6 }, signal),
  });
  const lineage = live.isCurrent ? live.value : undefined;
  const onOpen = ({ kind, id }: LineageNode): void => void host.command('dataset.openNode', { kind, id });
  if (lineage === undefined) {
    return live.error === undefined ? <Waiting /> : <p className="message note">{live.error.message}</p>;
  }
  return (
    <>
      <div className="tab-bar">
        <span>{lineageSummary(lineage, keyOf(subject))}</span>
        <span className="tab-keys quiet">
          <LineKey by="content" text="the same bytes" />
          <LineKey by="declared" text="somebody said so" />
          <LineKey by="name" text="the same name, the bytes may differ" />
        </span>
      </div>
      <Place key={subject.id} lineage={lineage} of={keyOf(subject)} onOpen={onOpen} />
      <Unknown lineage={lineage} />
    </>
  );
}

/** Drawn where there is room, else as lists. */
function Place(props: { lineage: Lineage; of: string; onOpen: (node: LineageNode) => void }) {
  const [box, width] = useWidth<HTMLDivElement>();
  const least = Math.max(leastWidth, leastColumn * lineageLayout(props.lineage).columns.length);
  return (
    <div className="lineage-place">
      <div ref={box}>
        {width >= least ? <LineageDrawing {...props} width={width} /> : width > 0 && <LineageList {...props} />}
      </div>
    </div>
  );
}

function LineKey({ by, text }: { by: string; text: string }) {
  return (
    <Key text={text} size={[24, 10]} className="lineage-lines">
      <g className={`line ${by}`}>
        <path d="M0 5H22" />
      </g>
    </Key>
  );
}

function Waiting() {
  return useLater(200) ? <p className="message note">Following the lineage</p> : null;
}

function Unknown({ lineage: { unknown, isCut } }: { lineage: Lineage }) {
  if (unknown.length === 0 && !isCut) return null;
  return (
    <ul className="unknown note">
      {[...unknown, ...(isCut ? ['There is more than is drawn here.'] : [])].map((sentence) => (
        <li key={sentence} className="state">
          <Icon name="unknown" tone="quiet" />
          <span>{sentence}</span>
        </li>
      ))}
    </ul>
  );
}
