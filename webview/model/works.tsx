// Long work on the model: a whole table through it, and how fast it is.
import type { ModelPanelState } from '../../src/protocol/inference/model-panel';
import type { ModelOutline } from '../../src/protocol/inference/outline';
import { BenchmarkPart } from './benchmark/benchmark-part';
import { TablePart } from './table/table-part';
import { Trusted } from './trusted';

interface WorksProps {
  part: 'table' | 'speed';
  outline: ModelOutline;
  state: ModelPanelState;
  change: (part: Partial<ModelPanelState>) => void;
}

/** In trusted folders only. */
export function Works({ part, outline, state, change }: WorksProps) {
  return (
    <Trusted>
      {part === 'speed' ? (
        <BenchmarkPart />
      ) : (
        <TablePart outline={outline} groups={state.groups} change={(groups) => change({ groups })} />
      )}
    </Trusted>
  );
}
