// Why the model says what it says of the row, and what it would say if one value were another.
import { useState } from 'react';
import type { RowExplanation } from '../../../src/protocol/inference/explain/explanation';
import type { GivenInput } from '../../../src/protocol/inference/prediction';
import { Button } from '../../kit/controls';
import { useHost } from '../../kit/host/host-context';
import { Section } from '../../kit/section';
import { signed } from '../try/result/bars';
import { askExplain } from './ask-explain';
import { Explaining } from './explaining';
import { Importance } from './importance';
import { Trouble } from './trouble';
import { useAsked } from './use-asked';
import { useBackground } from './use-background';
import { Waterfall } from './waterfall';
import { WhatIf } from './what-if';

/** `text`: what was predicted last; null where nothing was. */
export function ExplainPart({ text }: { text: string | null }) {
  const host = useHost();
  const { background, key: rows, trouble, choose } = useBackground();
  const [chosen, setChosen] = useState<string | null>(null);
  const given: GivenInput = { kind: 'text', text: text ?? '', format: null };
  const key = text === null || background === null ? null : `${rows} ${text}`;
  const asked = useAsked(key, (signal) => askExplain(host, 'explainRow', { given }, signal));
  if (text === null) return null;
  const { value, isOld } = asked;
  const feature = value?.effects.find((effect) => effect.feature === chosen)?.feature ?? strongest(value);
  const name = background?.name ?? '';
  return (
    <>
      <Section
        title="Why"
        answer={answerText(value)}
        acts={<Button label={name === '' ? 'Compare With Rows…' : 'Other Rows…'} onAct={choose} />}
      >
        {name === '' && <p className="note">What each value adds, against the rows of a table that you choose.</p>}
        <Trouble text={trouble || asked.error} />
        <Explaining
          of="explainRow"
          what={`Running the model on mixtures of this row and rows of ${name}…`}
          asked={asked}
        />
        {value !== null && <Waterfall found={value} feature={feature} isOld={isOld} onChoose={setChosen} />}
      </Section>
      {value !== null && feature !== null && key !== null && !isOld && (
        <WhatIf asked={key} given={given} found={value} feature={feature} onChoose={setChosen} />
      )}
      {background !== null && <Importance key={rows} background={background} rows={rows} />}
    </>
  );
}

function answerText(found: RowExplanation | null): string {
  if (found === null) return '';
  const top = sorted(found).slice(0, 2);
  return top.map(({ feature, effect }) => `${feature} ${signed(effect)}`).join(', ');
}

function sorted({ effects }: RowExplanation): RowExplanation['effects'] {
  return [...effects].sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect));
}

function strongest(found: RowExplanation | null): string | null {
  return found === null ? null : (sorted(found)[0]?.feature ?? null);
}
