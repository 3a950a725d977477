// What went in and what came out, by content where that is known.
import { memo, useState } from 'react';
import type { FileDigest, FileNow, RunDetail } from '../../../src/protocol/run';
import { bytesText, countText } from '../../../src/protocol/wording';
import { Link } from '../../kit/controls';
import { useHost } from '../../kit/host/host-context';
import { Section } from '../../kit/section';

const stateWords: Record<FileNow['state'], string> = {
  same: 'unchanged',
  changed: 'changed since',
  gone: 'gone since',
  unknown: 'cannot tell',
};

type Asked = 'no' | 'asking' | readonly FileNow[] | Error;

/** Datasets the code logged, inputs and outputs the command named; on request, whether they still are as they were. */
export const Data = memo(function Data({ run }: { run: RunDetail }) {
  const host = useHost();
  const [asked, setAsked] = useState<Asked>('no');
  const inputs = run.recording?.inputs ?? [];
  const outputs = run.recording?.outputs ?? [];
  if (run.datasets.length + inputs.length + outputs.length === 0) {
    return <Section title="Data" answer="unknown: none was named" />;
  }
  const ask = (): void => {
    setAsked('asking');
    host.query('runs.filesNow', { runId: run.runId }).then(setAsked, setAsked);
  };
  const canAsk = inputs.length + outputs.length > 0 && asked !== 'asking';
  return (
    <Section
      title="Data"
      answer={asked === 'asking' ? 'reading the files' : answerFor(run.datasets.length, inputs, outputs)}
      acts={canAsk ? <Link label={asked === 'no' ? 'Check Files' : 'Check Again'} onAct={ask} /> : undefined}
    >
      {run.override !== null && <p className="caution">{`Trained over failing data: ${run.override}`}</p>}
      {run.unchecked !== null && <p className="caution">{`Trained over data that nobody checked: ${run.unchecked}`}</p>}
      {asked instanceof Error && <p className="note">{asked.message}</p>}
      <table className="plain">
        <tbody>
          {run.datasets.map((dataset) => (
            <DatasetRow key={`${dataset.name} ${dataset.digest} ${dataset.context}`} dataset={dataset} />
          ))}
          <FileRows inputs={inputs} outputs={outputs} states={Array.isArray(asked) ? asked : []} />
        </tbody>
      </table>
    </Section>
  );
});

function DatasetRow({ dataset: { name, digest, context } }: { dataset: RunDetail['datasets'][number] }) {
  return (
    <tr>
      <td className="quiet">{context ?? 'used'}</td>
      <td className="cut">{name}</td>
      <td className="number code" title={digest}>
        {digest.slice(0, 10)}
      </td>
    </tr>
  );
}

interface FileRowsProps {
  inputs: readonly FileDigest[];
  outputs: readonly FileDigest[];
  /** How they are now, inputs first; empty until somebody asks. */
  states: readonly FileNow[];
}

function FileRows({ inputs, outputs, states }: FileRowsProps) {
  const files = [
    ...inputs.map((file) => ({ part: 'input', file })),
    ...outputs.map((file) => ({ part: 'output', file })),
  ];
  return files.map(({ part, file }, index) => (
    <DigestRow key={`${part} ${file.path}`} part={part} file={file} state={states[index]?.state} />
  ));
}

function DigestRow({ part, file, state }: { part: string; file: FileDigest; state: FileNow['state'] | undefined }) {
  const size = [
    file.files === null ? '' : countText(file.files, 'file'),
    file.bytes === null ? '' : bytesText(file.bytes),
    file.written === false ? 'It is as it was before the command.' : '',
  ].filter(Boolean);
  const isOff = state === 'changed' || state === 'gone';
  return (
    <tr
      title={[file.path, file.problem ?? '', file.sha256 === null ? '' : `SHA-256 ${file.sha256}`, ...size]
        .filter(Boolean)
        .join('\n')}
    >
      <td className="quiet">{part}</td>
      <td className="cut">
        {file.path}
        {file.written === false && file.problem === null && <span className="quiet"> not written by this run</span>}
      </td>
      {state === undefined || file.problem !== null ? (
        <td className={file.problem === null ? 'number code' : 'number caution'}>
          {file.problem === null ? (file.sha256?.slice(0, 10) ?? 'being read') : problemWords(file)}
        </td>
      ) : (
        <td className={isOff ? 'number caution' : 'number quiet'}>{stateWords[state]}</td>
      )}
    </tr>
  );
}

/** The whole sentence stands in the row's tooltip. */
function problemWords({ problem, written }: FileDigest): string {
  if (problem?.endsWith('does not exist.')) return written === null ? 'missing' : 'never written';
  return 'could not be read';
}

function answerFor(datasets: number, inputs: readonly FileDigest[], outputs: readonly FileDigest[]): string {
  const parts = [
    datasets === 0 ? '' : countText(datasets, 'dataset'),
    inputs.length === 0 ? '' : countText(inputs.length, 'input'),
    outputs.length === 0 ? '' : countText(outputs.length, 'output'),
  ];
  return parts.filter(Boolean).join(', ');
}
