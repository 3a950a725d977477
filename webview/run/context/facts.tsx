// Names and values in two columns.
import { Fold } from '../../kit/section';

const shown = 12;

/** A name and its value as the user wrote them. */
export interface Pair {
  key: string;
  value: string;
}

/** The first of them, and the rest behind a fold. */
export function Pairs({ pairs }: { pairs: readonly Pair[] }) {
  const rest = pairs.slice(shown);
  return (
    <>
      <PairList pairs={pairs.slice(0, shown)} />
      {rest.length > 0 && (
        <Fold label={`${rest.length} more`}>
          <PairList pairs={rest} />
        </Fold>
      )}
    </>
  );
}

function PairList({ pairs }: { pairs: readonly Pair[] }) {
  if (pairs.length === 0) return null;
  return (
    <dl className="facts">
      {pairs.map(({ key, value }) => (
        <Fact key={key} name={key} value={value} isCode />
      ))}
    </dl>
  );
}

/** One name and its value; the whole of either is its tooltip. */
export function Fact({ name, value, isCode = false }: { name: string; value: string; isCode?: boolean }) {
  return (
    <>
      <dt title={name}>{name}</dt>
      <dd title={value} className={isCode ? 'code' : ''}>
        {value}
      </dd>
    </>
  );
}
