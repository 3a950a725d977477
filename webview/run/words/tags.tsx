// Tags, added, changed and removed where they stand.
import { memo, useState } from 'react';
import type { RunDetail } from '../../../src/protocol/run';
import { isOwnTag, noteTag, typedTag } from '../../../src/protocol/runs/run-tag';
import { countText } from '../../../src/protocol/wording';
import { IconButton, Link, SearchField } from '../../kit/controls';
import { Icon } from '../../kit/icon';
import { Fold, Section } from '../../kit/section';
import { InlineField } from '../changes/inline-field';
import { useRunChanges } from '../changes/run-changes';
import { Pairs } from '../context/facts';
import { LongList, longFrom, matchingPairs } from '../context/long-list';

type Tag = RunDetail['tags'][number];

/** Tags that people or scripts set; those that MLflow and Slipway keep for themselves are behind a fold. */
export const Tags = memo(function Tags({ tags, canChange }: { tags: RunDetail['tags']; canChange: boolean }) {
  const { change } = useRunChanges();
  const [isAdding, setAdding] = useState(false);
  const own = tags.filter(isOwnTag);
  const internal = tags.filter((tag) => !isOwnTag(tag) && tag.key !== noteTag);
  return (
    <Section
      title="Tags"
      answer={own.length === 0 ? 'none' : own.length.toLocaleString('en-US')}
      acts={canChange && !isAdding ? <Link label="Add Tag" onAct={() => setAdding(true)} /> : undefined}
    >
      {own.length > 0 && <TagList tags={own} canChange={canChange} />}
      {isAdding && (
        <NewTag
          taken={tags}
          onDone={(tag) => {
            setAdding(false);
            if (tag === undefined) return;
            const expected = { tags: { [tag.key]: null } };
            change({ tags: { [tag.key]: tag.value }, expected }, `Tag ${tag.key} added.`);
          }}
        />
      )}
      {internal.length > 0 && (
        <Fold name="kept tags" label={`${countText(internal.length, 'tag')} kept by MLflow and Slipway`}>
          <Pairs pairs={internal} search="Search tags that are kept" />
        </Fold>
      )}
    </Section>
  );
});

function TagList({ tags, canChange }: { tags: readonly Tag[]; canChange: boolean }) {
  const [search, setSearch] = useState('');
  const isLong = tags.length > longFrom;
  return (
    <>
      {isLong && <SearchField label="Search tags" onSearch={setSearch} />}
      <LongList items={isLong ? matchingPairs(tags, search) : tags}>
        {(some) => (
          <ul className="tags" aria-label="Tags">
            {some.map((tag) => (
              <TagRow key={tag.key} tag={tag} canChange={canChange} />
            ))}
          </ul>
        )}
      </LongList>
    </>
  );
}

function TagRow({ tag, canChange }: { tag: Tag; canChange: boolean }) {
  const { key, value } = tag;
  return (
    <li className="tag">
      <span className="quiet cut" title={key}>
        {key}
      </span>
      {canChange ? <ChangeableTag tag={tag} /> : <span className="cut code">{value}</span>}
    </li>
  );
}

function ChangeableTag({ tag: { key, value } }: { tag: Tag }) {
  const { change } = useRunChanges();
  const [isEditing, setEditing] = useState(false);
  const finish = (text: string | null): void => {
    setEditing(false);
    if (text !== null) change({ tags: { [key]: text } }, `Tag ${key} changed.`);
  };
  if (isEditing) return <InlineField label={`Value of the tag ${key}`} value={value} onDone={finish} />;
  return (
    <>
      <button
        type="button"
        className="tag-value cut code"
        title={value}
        aria-label={`${key}: ${value === '' ? 'empty' : value}. Change`}
        onClick={() => setEditing(true)}
      >
        {value === '' ? '–' : value}
      </button>
      <IconButton label="Remove Tag" about={key} onAct={() => change({ tags: { [key]: null } }, `Tag ${key} removed.`)}>
        <Icon name="close" />
      </IconButton>
    </>
  );
}

/** One field: `name`, or `name=value`. */
function NewTag({ taken, onDone }: { taken: readonly Tag[]; onDone: (tag: Tag | undefined) => void }) {
  const [problem, setProblem] = useState('');
  return (
    <>
      <div className="tag new-tag">
        <InlineField
          label="New tag, as name=value"
          value=""
          hint="name=value"
          onDone={(text) => {
            const tag = typedTag(text ?? '');
            const isTaken = taken.some(({ key }) => key === tag?.key);
            if (isTaken) setProblem(`There is a tag ${tag?.key} already: click its value to change it.`);
            else onDone(tag);
          }}
        />
      </div>
      {problem !== '' && (
        <p className="note" role="alert">
          {problem}
        </p>
      )}
    </>
  );
}
