// The packages of the run's environment, found by typing.
import { useState } from 'react';
import type { EnvironmentState } from '../../../src/protocol/run';
import { countText } from '../../../src/protocol/wording';
import { SearchField } from '../../kit/controls';
import { Fold } from '../../kit/section';
import { Fact } from './facts';

/** Fewer than this are found by looking. */
const searchedFrom = 20;

/** Behind a fold: names and versions, narrowed by a part of either. */
export function Packages({ packages }: { packages: EnvironmentState['packages'] }) {
  const [text, setText] = useState('');
  const wanted = text.trim().toLowerCase();
  const found = packages.filter(({ name, version }) => `${name}==${version}`.toLowerCase().includes(wanted));
  return (
    <Fold name="packages" label={countText(packages.length, 'package')}>
      {packages.length >= searchedFrom && <SearchField label="Search packages" onSearch={setText} />}
      {found.length === 0 && <p className="note">No package matches.</p>}
      <dl className="facts packages">
        {found.map(({ name, version }) => (
          <Fact key={name} name={name} value={version} isCode />
        ))}
      </dl>
    </Fold>
  );
}
