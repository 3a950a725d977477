// One file of both sides: the step that is looked at, and what shows its kind.
import type { EvidenceState } from '../../../../src/protocol/comparison/evidence/evidence-state';
import type { FileItem, FileStep } from '../../../../src/protocol/comparison/evidence/file-item';
import { Link } from '../../../kit/controls';
import { useHost } from '../../../kit/host/host-context';
import type { Sides } from '../../head/side-name';
import type { ChangeEvidence } from '../evidence-source';
import { PreviewPair } from './preview-pair';
import { StepSlider } from './step-slider';
import { TablePair } from './table-pair';

export interface FileViewProps {
  item: FileItem;
  sides: Sides;
  runIds: [string, string];
  state: EvidenceState;
  change: ChangeEvidence;
}

/** What both have at one step. */
export type StepViewProps = Omit<FileViewProps, 'item'> & { step: FileStep };

/** The opened file. */
export function FileView({ item, ...props }: FileViewProps) {
  const { sides, runIds, state, change } = props;
  const { steps, kind, name } = item;
  const chosen = steps.find(({ step }) => step === state.steps[name]) ?? usualStep(steps);
  if (chosen === undefined) return null;
  const isTable = kind === 'table' || kind === 'json';
  return (
    <>
      {steps.length > 1 && (
        <StepSlider
          steps={steps}
          chosen={chosen}
          sides={sides}
          onChoose={(step) => change({ steps: { ...state.steps, [name]: step } })}
        />
      )}
      {isTable ? (
        <TablePair {...props} step={chosen} isCertain={kind === 'table'} />
      ) : (
        <PreviewPair {...props} step={chosen} isImage={kind === 'image'} />
      )}
      <FileActs step={chosen} sides={sides} runIds={runIds} isDiff={kind !== 'image' && kind !== 'other'} />
    </>
  );
}

/** The last that both have. */
function usualStep(steps: readonly FileStep[]): FileStep | undefined {
  return steps.findLast(({ baseline, candidate }) => baseline !== null && candidate !== null) ?? steps.at(-1);
}

function FileActs(props: { step: FileStep; sides: Sides; runIds: [string, string]; isDiff: boolean }) {
  const host = useHost();
  const { step, sides, runIds, isDiff } = props;
  const { baseline, candidate } = step;
  const open = (runId: string, path: string): void => void host.command('compare.openFile', { runId, path });
  return (
    <div className="file-acts">
      {isDiff && baseline !== null && candidate !== null && (
        <Link
          label="Open Diff"
          onAct={() => void host.command('compare.openDiff', { runIds, paths: [baseline.path, candidate.path] })}
        />
      )}
      {baseline !== null && (
        <Link label={`Open from ${sides.baseline.name}`} onAct={() => open(runIds[0], baseline.path)} />
      )}
      {candidate !== null && (
        <Link label={`Open from ${sides.candidate.name}`} onAct={() => open(runIds[1], candidate.path)} />
      )}
    </div>
  );
}
