// Whether runs are drawn one by one or as groups, and what a group is drawn as.
import type { ComparePanelState } from '../../../src/protocol/comparison/compare-panel';
import type { GroupCentre, GroupSpread } from '../../../src/protocol/series';
import { Choice } from '../../kit/controls';

const centres: readonly { value: GroupCentre; label: string }[] = [
  { value: 'mean', label: 'Mean' },
  { value: 'median', label: 'Median' },
];
const spreads: Record<GroupCentre, readonly { value: GroupSpread; label: string }[]> = {
  mean: [
    { value: 'sd', label: '± sd' },
    { value: 'ci', label: '95 % CI' },
    { value: 'range', label: 'Min–max' },
  ],
  median: [
    { value: 'quartiles', label: 'Quartiles' },
    { value: 'range', label: 'Min–max' },
  ],
};
const ofParam = 'param:';

type Grouping = Pick<ComparePanelState, 'groupBy' | 'centre' | 'spread'>;

/** `params` are those by which runs can be grouped. */
export function GroupTools(props: {
  grouping: Grouping;
  params: readonly string[];
  onChange: (part: Partial<Grouping>) => void;
}) {
  const { groupBy, centre, spread } = props.grouping;
  const { onChange } = props;
  const chosen = groupBy === null ? 'none' : groupBy === 'side' ? groupBy : `${ofParam}${groupBy.param}`;
  return (
    <>
      <Choice
        label="Group runs"
        options={optionsOf(props.params, groupBy)}
        value={chosen}
        onChoose={(value) => onChange({ groupBy: groupingOf(value) })}
      />
      {groupBy !== null && (
        <>
          <Choice
            label="Line of a group"
            options={centres}
            value={centre}
            onChoose={(value) => onChange({ centre: value, spread: spreadFor(value, spread) })}
          />
          <Choice
            label="Band of a group"
            options={spreads[centre]}
            value={spread}
            onChoose={(value) => onChange({ spread: value })}
          />
        </>
      )}
    </>
  );
}

function optionsOf(params: readonly string[], groupBy: Grouping['groupBy']): { value: string; label: string }[] {
  // What is chosen stays to be seen, also where the runs no longer differ in it.
  const shown = groupBy === null || groupBy === 'side' ? params : [...new Set([...params, groupBy.param])];
  return [
    { value: 'none', label: 'No groups' },
    { value: 'side', label: 'Repeats of a side' },
    ...shown.map((param) => ({ value: `${ofParam}${param}`, label: `By ${param}` })),
  ];
}

function groupingOf(value: string): Grouping['groupBy'] {
  if (value.startsWith(ofParam)) return { param: value.slice(ofParam.length) };
  return value === 'side' ? 'side' : null;
}

/** The interval of a mean is none of a median. */
function spreadFor(centre: GroupCentre, spread: GroupSpread): GroupSpread {
  return spreads[centre].some(({ value }) => value === spread) ? spread : (spreads[centre][0]?.value ?? 'range');
}
