// Which examples? Those that only one of the two has right.
import type { Flips } from '../../../src/protocol/comparison/comparison';
import { Section } from '../../kit/section';

/** Nothing at all where it is not known which are right. */
export function ExamplesSection({ flips }: { flips: Flips | null }) {
  if (flips === null) return null;
  const { fixed, broken } = flips;
  const sum = fixed + broken;
  const answer = sum === 0 ? 'none changed' : `${count(fixed)} fixed, ${count(broken)} broken`;
  return (
    <Section title="Which examples?" answer={answer}>
      {sum > 0 && (
        <div className="flips" role="img" aria-label={answer}>
          {fixed > 0 && <span className="fixed" style={{ flexGrow: fixed }} />}
          {broken > 0 && <span className="broken" style={{ flexGrow: broken }} />}
        </div>
      )}
      <dl className="facts">
        <Ids name="broken" ids={flips.brokenIds} all={broken} />
        <Ids name="fixed" ids={flips.fixedIds} all={fixed} />
      </dl>
    </Section>
  );
}

function Ids({ name, ids, all }: { name: string; ids: readonly string[]; all: number }) {
  if (ids.length === 0) return null;
  const more = all > ids.length ? ` and ${count(all - ids.length)} more` : '';
  return (
    <>
      <dt>{name}</dt>
      <dd title={ids.join(', ')}>
        <code>{ids.join(', ')}</code>
        <span className="quiet">{more}</span>
      </dd>
    </>
  );
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
