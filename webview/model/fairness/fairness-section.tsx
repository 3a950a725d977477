// What groups of rows get of the predictions, and how far apart the groups are.
import { useState } from 'react';
import type { Fairness } from '../../../src/protocol/comparison/fairness';
import { limitText, trapText } from '../../../src/protocol/comparison/fairness-words';
import type { GroupsChoice } from '../../../src/protocol/inference/model-panel';
import type { TableOutcome } from '../../../src/protocol/inference/table/table-panel';
import { Choice } from '../../kit/controls';
import { useHost } from '../../kit/host/host-context';
import { Section } from '../../kit/section';
import { useAsked } from '../explain/use-asked';
import { Working } from '../explain/working';
import { askTable } from '../table/ask-table';
import { answerText } from './fairness-words';
import { Gaps } from './gaps';
import { Groups } from './groups';

interface FairnessSectionProps {
  outcome: TableOutcome;
  groups: GroupsChoice;
  change: (groups: GroupsChoice) => void;
}

const title = 'Fair to groups?';

/** Says what is missing where nothing can be measured. */
export function FairnessSection(props: FairnessSectionProps) {
  const why = whyNot(props.outcome);
  return why === '' ? <Measured {...props} /> : <Section title={title} answer={why} />;
}

function whyNot({ label, slices, judged, file }: TableOutcome): string {
  if (label === null) return 'Choose the column that holds what is true, and predict the table again.';
  if (judged === null) return 'What is true cannot be held against the predictions.';
  if (slices.length === 0) return 'Keep the column of the groups beside the predictions, and predict the table again.';
  if (file === 'gone') return 'The file of predictions is gone. Predict the table again.';
  return file === 'there' ? '' : 'The file of predictions was written over since. Predict the table again.';
}

function Measured({ outcome, groups, change }: FairnessSectionProps) {
  const host = useHost();
  const { slices, judged, time } = outcome;
  const classes = judged?.kind === 'classes' ? judged.classes : [];
  const group = slices.find((name) => name === groups.group) ?? slices[0] ?? '';
  const positive = classes.find((name) => name === groups.positive) ?? usualPositive(classes);
  const { leastRows } = groups;
  const asked = useAsked<Fairness>(JSON.stringify([time, group, positive, leastRows]), (signal) =>
    askTable(host, 'fairness', { group, positive, leastRows }, signal),
  );
  const { value, isOld, isWaiting, error } = asked;
  return (
    <Section title={title} answer={value === null || isOld ? '' : answerText(value)}>
      <Tools {...{ slices, classes, group, positive, groups, change }} />
      {error !== '' && (
        <p className="field-said worse" role="alert">
          {error}
        </p>
      )}
      {isWaiting && <Working what={`Measuring the groups of ${group}…`} />}
      {value !== null && <Found found={value} isOld={isOld} />}
    </Section>
  );
}

interface ToolsProps extends Omit<FairnessSectionProps, 'outcome'> {
  slices: readonly string[];
  classes: readonly string[];
  group: string;
  /** Null of amounts, and of probabilities of the class 1. */
  positive: string | null;
}

function Tools({ slices, classes, group, positive, groups, change }: ToolsProps) {
  return (
    <div className="group-tools">
      <span className="tool">
        Groups by
        <Choice
          label="Groups by"
          options={named(slices)}
          value={group}
          onChoose={(name) => change({ ...groups, group: name })}
        />
      </span>
      {positive !== null && (
        <span className="tool">
          Selected means told
          <Choice
            label="Selected means told"
            options={named(classes)}
            value={positive}
            onChoose={(name) => change({ ...groups, positive: name })}
          />
        </span>
      )}
      <LeastRows value={groups.leastRows} onChange={(rows) => change({ ...groups, leastRows: rows })} />
    </div>
  );
}

function named(names: readonly string[]): { value: string; label: string }[] {
  return names.map((name) => ({ value: name, label: name === '' ? '(none)' : name }));
}

/** The second of two; of more nobody can know it, and the first stands for all. */
function usualPositive(classes: readonly string[]): string | null {
  return (classes.length === 2 ? classes[1] : classes[0]) ?? null;
}

const most = 1_000_000;

function LeastRows({ value, onChange }: { value: number; onChange: (rows: number) => void }) {
  const [text, setText] = useState(String(value));
  const keep = (): void => {
    const rows = Number(text);
    if (Number.isInteger(rows) && rows >= 1 && rows <= most) onChange(rows);
    else setText(String(value));
  };
  return (
    <label>
      Too few below
      <input
        className="field number least-rows"
        inputMode="numeric"
        aria-label="Groups of fewer rows are not compared"
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
        onBlur={keep}
        onKeyDown={({ key }) => key === 'Enter' && keep()}
      />
      rows
    </label>
  );
}

function Found({ found, isOld }: { found: Fairness; isOld: boolean }) {
  const { groupings, rows, draws, seed, positive, notes } = found;
  const [grouping] = groupings;
  if (grouping === undefined) return null;
  const trap = trapText(grouping.disparities);
  const left =
    rows.leftOut === 0
      ? []
      : [`${rows.leftOut.toLocaleString('en-US')} rows without truth or prediction are left out.`];
  const how = `95 % intervals: of groups ${positive === null ? 'Student’s t' : 'Wilson’s'}, of gaps ${draws.toLocaleString('en-US')} resamples (seed ${seed}), for all pairs of groups at once.`;
  // Which class counts as selected stands above, as a choice.
  const others = notes.filter((note) => !note.includes('--positive'));
  return (
    <div className={isOld ? 'groups-found quiet' : 'groups-found'}>
      <Groups found={found} grouping={grouping} />
      <Gaps grouping={grouping} />
      {[
        ...grouping.notes.map(withoutOption),
        ...others,
        ...left,
        how,
        ...(trap === '' ? [] : [trap]),
        limitText(positive),
      ].map((note) => (
        <p key={note} className="note">
          {note}
        </p>
      ))}
    </div>
  );
}

/** The command line’s way to another number is a field here. */
function withoutOption(note: string): string {
  return note.replace(/ --min-n sets another number\.$/, ' Set a smaller number above.');
}
