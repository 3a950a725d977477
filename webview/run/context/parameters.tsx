// What the run was given, and what people said about it.
import { memo } from 'react';
import type { RunDetail } from '../../../src/protocol/run';
import { Fold, Section } from '../../kit/section';

const shown = 12;
const note = 'mlflow.note.content';

interface Pair {
  key: string;
  value: string;
}

/** Parameters as they were logged. */
export const Parameters = memo(function Parameters({ run }: { run: RunDetail }) {
  const answer = run.params.length === 0 ? 'none logged' : `${run.params.length} logged`;
  return (
    <Section title="Parameters" answer={answer}>
      <Pairs pairs={run.params} />
    </Section>
  );
});

/** Tags that people or scripts set; those MLflow sets for itself are behind a fold. */
export const Tags = memo(function Tags({ run }: { run: RunDetail }) {
  const own = run.tags.filter(({ key }) => !key.startsWith('mlflow.') && !key.startsWith('slipway.'));
  const internal = run.tags.filter(({ key }) => !own.some((tag) => tag.key === key) && key !== note);
  const text = run.tags.find(({ key }) => key === note)?.value;
  if (run.tags.length === 0) return null;
  return (
    <>
      <Section title="Tags" answer={own.length === 0 ? 'none of your own' : undefined}>
        <Pairs pairs={own} />
        {internal.length > 0 && (
          <Fold label={`${internal.length} set by the client`}>
            <Pairs pairs={internal} />
          </Fold>
        )}
      </Section>
      {text !== undefined && (
        <Section title="Note">
          <p className="note">{text}</p>
        </Section>
      )}
    </>
  );
});

function Pairs({ pairs }: { pairs: readonly Pair[] }) {
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
