// Names and values in two columns.
import { useState } from 'react';
import { SearchField } from '../../kit/controls';
import { Fold } from '../../kit/section';
import { LongList, longFrom, matchingPairs } from './long-list';

const shown = 12;

/** A name and its value as the user wrote them. */
export interface Pair {
  key: string;
  value: string;
}

/** The first of them, and the rest behind a fold; those that are searched for where they are very many. */
export function Pairs({ pairs, search }: { pairs: readonly Pair[]; search: string }) {
  const [words, setWords] = useState('');
  const list = (some: readonly Pair[]) => <PairList pairs={some} />;
  const rest = pairs.slice(shown);
  const isSearched = words.trim() !== '';
  return (
    <>
      {pairs.length > longFrom && <SearchField label={search} onSearch={setWords} />}
      {isSearched ? (
        <LongList items={matchingPairs(pairs, words)}>{list}</LongList>
      ) : (
        <>
          <PairList pairs={pairs.slice(0, shown)} />
          {rest.length > 0 && (
            <Fold name={search} label={`${rest.length.toLocaleString('en-US')} more`}>
              <LongList items={rest}>{list}</LongList>
            </Fold>
          )}
        </>
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
