// What went in and what came out, by content where that is known.
import { memo } from 'react';
import type { FileDigest, RunDetail } from '../../../src/protocol/run';
import { bytesText, countText } from '../../../src/protocol/wording';
import { Section } from '../../kit/section';

/** Datasets the code logged, inputs and outputs the command named. */
export const Data = memo(function Data({ run }: { run: RunDetail }) {
  const inputs = run.recording?.inputs ?? [];
  const outputs = run.recording?.outputs ?? [];
  if (run.datasets.length + inputs.length + outputs.length === 0) {
    return <Section title="Data" answer="unknown: none was named" />;
  }
  return (
    <Section title="Data" answer={answerFor(run.datasets.length, inputs, outputs)}>
      <table className="plain">
        <tbody>
          {run.datasets.map(({ name, digest, context }) => (
            <tr key={`${name} ${digest} ${context}`}>
              <td className="quiet">{context ?? 'used'}</td>
              <td className="cut">{name}</td>
              <td className="number code" title={digest}>
                {digest.slice(0, 10)}
              </td>
            </tr>
          ))}
          {inputs.map((file) => (
            <DigestRow key={`in ${file.path}`} part="input" file={file} />
          ))}
          {outputs.map((file) => (
            <DigestRow key={`out ${file.path}`} part="output" file={file} />
          ))}
        </tbody>
      </table>
    </Section>
  );
});

function DigestRow({ part, file }: { part: string; file: FileDigest }) {
  const size = [
    file.files === null ? '' : countText(file.files, 'file'),
    file.bytes === null ? '' : bytesText(file.bytes),
    file.written === false ? 'It is as it was before the command.' : '',
  ].filter(Boolean);
  return (
    <tr title={[file.path, file.sha256 === null ? '' : `SHA-256 ${file.sha256}`, ...size].filter(Boolean).join('\n')}>
      <td className="quiet">{part}</td>
      <td className="cut">
        {file.path}
        {file.written === false && <span className="quiet"> not written by this run</span>}
      </td>
      <td className={file.problem === null ? 'number code' : 'number caution'}>
        {file.problem ?? file.sha256?.slice(0, 10) ?? 'being read'}
      </td>
    </tr>
  );
}

function answerFor(datasets: number, inputs: readonly FileDigest[], outputs: readonly FileDigest[]): string {
  const parts = [
    datasets === 0 ? '' : countText(datasets, 'dataset'),
    inputs.length === 0 ? '' : countText(inputs.length, 'input'),
    outputs.length === 0 ? '' : countText(outputs.length, 'output'),
  ];
  return parts.filter(Boolean).join(', ');
}
