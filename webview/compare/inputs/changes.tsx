// What changed between the two; what is the same waits behind a fold.
import type { CandidateComparison, Difference, Sameness } from '../../../src/protocol/comparison/comparison';
import { countText } from '../../../src/protocol/wording';
import { Link } from '../../kit/controls';
import { useHost } from '../../kit/host/host-context';
import { Fold, Section } from '../../kit/section';
import type { Sides } from '../head/side-name';

const words: Readonly<Record<Difference['what'], [one: string, many: string]>> = {
  param: ['parameter', 'parameters'],
  data: ['data version', 'data versions'],
  input: ['input file', 'input files'],
  code: ['difference in code', 'differences in code'],
  package: ['package', 'packages'],
  command: ['command', 'commands'],
};
/** Packages are many and mostly beside the point. */
const behindFold = 'package';
const shownAtFirst = 30;

/** Struck through what was, plain what is; the rest is in the editor's own diff. */
export function Changes({ chosen, sides }: { chosen: CandidateComparison; sides: Sides }) {
  const { changes, moreChanges, same, moreSame } = chosen;
  const packages = changes.filter(({ what }) => what === behindFold);
  const others = changes.filter(({ what }) => what !== behindFold);
  const [shown, rest] = [others.slice(0, shownAtFirst), others.slice(shownAtFirst)];
  return (
    <Section title="What changed" answer={answerOf(changes)} acts={<Acts chosen={chosen} sides={sides} />}>
      <Differences differences={shown} />
      {rest.length > 0 && (
        <Fold name="changes" label={countText(rest.length, 'more difference')}>
          <Differences differences={rest} />
        </Fold>
      )}
      {packages.length > 0 && (
        <Fold name="packages" label={`${countText(packages.length, 'package')} in another version`}>
          <Differences differences={packages} />
        </Fold>
      )}
      {moreChanges > 0 && <p className="note">{countText(moreChanges, 'more difference')}: see them side by side.</p>}
      {others.filter(({ what }) => what !== 'command').length > 1 && (
        <p className="note">Several things changed at once, so the difference cannot be credited to one of them.</p>
      )}
      {same.length > 0 && (
        <Fold name="same" label={`The same: ${sameText(same)}${moreSame > 0 ? ' and more' : ''}`}>
          <Alike same={same} />
          {moreSame > 0 && <p className="note">{countText(moreSame, 'more')}: see them side by side.</p>}
        </Fold>
      )}
    </Section>
  );
}

function Acts({ chosen, sides }: { chosen: CandidateComparison; sides: Sides }) {
  const host = useHost();
  const [before, after] = [sides.baseline.runs[0], sides.candidate.runs[0]];
  const hasCode = chosen.changes.some(({ what }) => what === 'code');
  return (
    <>
      {hasCode && before !== undefined && after !== undefined && (
        <Link
          label="Open Code"
          onAct={() => void host.command('compare.openCode', { before: before.runId, after: after.runId })}
        />
      )}
      <Link
        label="Open Side by Side"
        onAct={() => void host.command('compare.openText', { runIds: [...sides.runIds] })}
      />
    </>
  );
}

function Differences({ differences }: { differences: readonly Difference[] }) {
  if (differences.length === 0) return null;
  return (
    <dl className="changes">
      {differences.map(({ what, name, baseline, candidate }) => (
        <div key={`${what} ${name}`} className="change">
          <dt className="cut" title={name}>
            {name}
          </dt>
          <dd>
            {baseline !== null && (
              <del className="was" title={baseline}>
                {baseline}
              </del>
            )}
            {candidate === null ? (
              <span className="quiet">not there</span>
            ) : (
              <ins className="now" title={candidate}>
                {candidate}
              </ins>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Alike({ same }: { same: readonly Sameness[] }) {
  return (
    <dl className="changes">
      {same.map(({ what, name, value }) => (
        <div key={`${what} ${name}`} className="change">
          <dt className="cut" title={name}>
            {name}
          </dt>
          <dd>
            <span className="alike" title={value}>
              {value}
            </span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function answerOf(changes: readonly Difference[]): string {
  return countsOf(changes) || 'nothing that was recorded';
}

/** `14 parameters, 1 data version, the commit`. */
function sameText(same: readonly Sameness[]): string {
  const counts = countsOf(same.filter(({ what }) => what !== 'code'));
  const commit = same.some(({ what, name }) => what === 'code' && name === 'commit') ? 'the commit' : '';
  return [counts, commit].filter(Boolean).join(', ') || 'changes that are not committed';
}

/** `3 parameters, 1 data version`. */
function countsOf(listed: readonly Pick<Difference, 'what'>[]): string {
  const parts = (Object.keys(words) as Difference['what'][]).flatMap((kind) => {
    const count = listed.filter(({ what }) => what === kind).length;
    return count === 0 ? [] : [`${count} ${words[kind][count === 1 ? 0 : 1]}`];
  });
  return parts.join(', ');
}
