// What the run was given.
import { memo } from 'react';
import type { RunDetail } from '../../../src/protocol/run';
import { Section } from '../../kit/section';
import { Pairs } from './facts';

/** Parameters as they were logged. */
export const Parameters = memo(function Parameters({ params }: { params: RunDetail['params'] }) {
  return (
    <Section
      title="Parameters"
      answer={params.length === 0 ? 'none logged' : `${params.length.toLocaleString('en-US')} logged`}
    >
      <Pairs pairs={params} search="Search parameters" />
    </Section>
  );
});
