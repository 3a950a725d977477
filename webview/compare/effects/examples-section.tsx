// Which examples? Those that only one of the two has right, or tells nearer, of all rows or of one slice.
import type { Flips } from '../../../src/protocol/comparison/comparison';
import type { EvidenceState } from '../../../src/protocol/comparison/evidence/evidence-state';
import type { ExamplePage } from '../../../src/protocol/comparison/evidence/example-page';
import { Button } from '../../kit/controls';
import { useLive } from '../../kit/host/live';
import { Section } from '../../kit/section';
import { type ChangeEvidence, judgedRuns, judgedRunsText } from '../evidence/evidence-source';
import type { Sides } from '../head/side-name';
import { ExampleView } from './example-view';

/** Examples that are asked for together: those beside the one in sight are there at once. */
const pageSize = 20;
/** Ids that are listed; the others are reached from one to the next. */
const mostListed = 10;

interface ExamplesSectionProps {
  flips: Flips | null;
  sides: Sides;
  state: EvidenceState;
  change: ChangeEvidence;
}

/** Nothing at all where it is not known which are right. */
export function ExamplesSection({ flips, sides, state, change }: ExamplesSectionProps) {
  if (flips === null) return null;
  const { fixed, broken } = flips;
  const sum = fixed + broken;
  const words = wordsOf(flips);
  const answer = sum === 0 ? 'none changed' : `${count(fixed)} ${words.fixed}, ${count(broken)} ${words.broken}`;
  const { slice } = state;
  return (
    <Section title="Which examples?" answer={answer}>
      {sum > 0 && (
        <div className="flips" role="img" aria-label={answer}>
          {fixed > 0 && <span className="fixed" style={{ flexGrow: fixed }} />}
          {broken > 0 && <span className="broken" style={{ flexGrow: broken }} />}
        </div>
      )}
      {judgedRunsText(sides) !== '' && (
        <p className="note">
          {flips.of === 'classes'
            ? 'By the share of runs that have a row right.'
            : 'By the mean distance of all runs from the truth.'}
        </p>
      )}
      {slice !== null && (
        <div className="evidence-tool">
          <span className="cut">
            Only {slice.column} = {slice.value === '' ? '(empty)' : slice.value}
          </span>
          <Button label="All Rows" onAct={() => change({ slice: null, example: null })} />
        </div>
      )}
      <dl className="facts flipped">
        {broken > 0 && <Ids flip="broken" flips={flips} sides={sides} state={state} change={change} />}
        {fixed > 0 && <Ids flip="fixed" flips={flips} sides={sides} state={state} change={change} />}
      </dl>
      {state.example !== null && <OpenExample sides={sides} state={state} change={change} example={state.example} />}
    </Section>
  );
}

type ShownProps = Omit<ExamplesSectionProps, 'flips'>;

/** The ids of all rows came with the comparison; those of a slice are asked for. */
function Ids({ flip, flips, sides, state, change }: ShownProps & { flip: 'broken' | 'fixed'; flips: Flips }) {
  const page = useExamples(sides, state, state.slice === null ? null : { flip, offset: 0 });
  const found = flip === 'broken' ? flips.brokenIds : flips.fixedIds;
  const ids = (state.slice === null ? found : (page?.items ?? []).map(({ id }) => id)).slice(0, mostListed);
  const all = state.slice === null ? flips[flip] : page?.total;
  const open = state.example?.flip === flip ? state.example.place : -1;
  return (
    <>
      <dt>{wordsOf(flips)[flip]}</dt>
      <dd className="ids">
        {all === 0 && <span className="quiet">none</span>}
        {ids.map((id, place) => (
          <button
            key={id}
            type="button"
            className="link"
            aria-pressed={place === open}
            title={`Open ${id}`}
            onClick={() => change({ example: { flip, place } })}
          >
            <code>{id}</code>
          </button>
        ))}
        {all !== undefined && all > ids.length && <span className="quiet">and {count(all - ids.length)} more</span>}
      </dd>
    </>
  );
}

function OpenExample({
  sides,
  state,
  change,
  example,
}: ShownProps & { example: NonNullable<EvidenceState['example']> }) {
  const { flip, place } = example;
  const first = Math.floor(place / pageSize) * pageSize;
  const page = useExamples(sides, state, { flip, offset: first });
  const shown = page?.items[place - first];
  if (page === undefined || shown === undefined) return null;
  return (
    <ExampleView
      page={page}
      example={shown}
      place={place}
      sides={sides}
      onMove={(to) => change({ example: { flip, place: to } })}
      onClose={() => change({ example: null })}
    />
  );
}

/** A page of them; undefined until it is there, and where none is wanted. */
function useExamples(
  sides: Sides,
  { slice }: EvidenceState,
  wanted: { flip: 'broken' | 'fixed'; offset: number } | null,
): ExamplePage | undefined {
  const runs = judgedRuns(sides);
  const asked = runs === null || wanted === null ? null : { ...runs, slice, limit: pageSize, ...wanted };
  return useLive<ExamplePage | undefined>({
    key: asked === null ? '' : JSON.stringify(asked),
    rest: 30_000,
    load: async (host, signal) => (asked === null ? undefined : host.query('comparison.examples', asked, signal)),
  }).value;
}

/** What happened to a row: of numbers the candidate is nearer to the truth, or farther from it. */
function wordsOf({ of }: Flips): { fixed: string; broken: string } {
  return of === 'classes' ? { fixed: 'fixed', broken: 'broken' } : { fixed: 'nearer', broken: 'farther off' };
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
