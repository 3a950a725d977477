// Where a model comes from and what it is made of.
import type { ExternalFile, ModelOutline, OperatorCount } from '../../../src/protocol/inference/outline';
import { bytesText, countText } from '../../../src/protocol/wording';
import { Icon } from '../../kit/icon';
import { Fold, Section } from '../../kit/section';

const shownOperators = 12;
const longestFact = 160;

/** Origin, operators, weights, files beside it, metadata. */
export function Facts({ outline }: { outline: ModelOutline }) {
  const { operators, metadata, externalFiles } = outline;
  return (
    <div>
      <Origin outline={outline} />
      <Section title="Operators" answer={countText(operators.length, 'kind')}>
        <Operators operators={operators} />
        {outline.functions.length > 0 && (
          <p className="note">
            Functions of its own:{' '}
            {outline.functions
              .map(({ domain, name, nodes }) => `${domain}.${name} (${countText(nodes, 'node')})`)
              .join(', ')}
            .
          </p>
        )}
      </Section>
      <Section title="Weights" answer={weightAnswer(outline)}>
        {externalFiles.length > 0 && <Beside files={externalFiles} />}
      </Section>
      {metadata.length > 0 && (
        <Section title="Metadata" answer={countText(metadata.length, 'entry', 'entries')}>
          <dl className="facts">
            {metadata.map(({ key, value }) => (
              <Fact key={key} name={key} value={value} />
            ))}
          </dl>
        </Section>
      )}
    </div>
  );
}

function Origin({ outline }: { outline: ModelOutline }) {
  const { producer, irVersion, operatorSets } = outline;
  const maker = [producer.name, producer.version].filter(Boolean).join(' ');
  return (
    <Section title="Origin" answer={maker || 'the file does not say who wrote it'}>
      <dl className="facts">
        <Fact name="Opset" value={operatorSets.map(({ domain, version }) => `${domain} ${version}`).join(', ')} />
        <Fact name="IR version" value={String(irVersion)} />
        <Fact name="Graph" value={outline.graph.name} />
        <Fact name="Domain" value={outline.domain} />
        <Fact name="Model version" value={outline.modelVersion === 0 ? '' : String(outline.modelVersion)} />
        <Fact name="Description" value={outline.doc || outline.graph.doc} />
      </dl>
    </Section>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  if (value === '') return null;
  const isLong = value.length > longestFact;
  return (
    <>
      <dt title={name}>{name}</dt>
      <dd>
        {isLong ? `${value.slice(0, longestFact)}…` : value}
        {isLong && (
          <Fold name={`fact ${name}`} label={`All ${value.length.toLocaleString('en-US')} characters`}>
            <div>{value}</div>
          </Fold>
        )}
      </dd>
    </>
  );
}

function Operators({ operators }: { operators: OperatorCount[] }) {
  const rest = operators.slice(shownOperators);
  return (
    <>
      <OperatorList operators={operators.slice(0, shownOperators)} />
      {rest.length > 0 && (
        <Fold name="operators" label={`${countText(rest.length, 'kind')} more`}>
          <OperatorList operators={rest} />
        </Fold>
      )}
    </>
  );
}

function OperatorList({ operators }: { operators: OperatorCount[] }) {
  return (
    <ul className="operators">
      {operators.map(({ domain, name, count }) => (
        <li key={`${domain} ${name}`} title={`${domain} ${name}`}>
          <span className="cut">
            {name}
            {domain !== 'ai.onnx' && domain !== 'ai.onnx.ml' && <span className="quiet"> {domain}</span>}
          </span>
          <span className="quiet">{count.toLocaleString('en-US')}</span>
        </li>
      ))}
    </ul>
  );
}

function weightAnswer({ weights }: ModelOutline): string {
  if (weights.count === 0) return 'none: what it learned stands in its operators';
  const types = weights.byType.map(({ element, bytes }) => `${bytesText(bytes)} of ${element}`);
  return `${countText(weights.count, 'tensor')}, ${types.slice(0, 3).join(', ')}`;
}

const states: Record<ExternalFile['state'], string> = {
  found: '',
  missing: 'not there',
  short: 'too short',
  outside: 'outside the model’s folder',
  'no file': 'a folder, pipe or device',
};

function Beside({ files }: { files: ExternalFile[] }) {
  return (
    <table className="figures" aria-label="Files beside the model">
      <tbody>
        {files.map(({ path, tensors, size, state }) => (
          <tr key={path}>
            <th scope="row" className="cut" title={path}>
              {state !== 'found' && <Icon name="failed" tone="worse" />} {path || 'no name'}
            </th>
            <td className="quiet">{countText(tensors, 'tensor')}</td>
            <td className="number">{state === 'found' ? bytesText(size ?? 0) : states[state]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
