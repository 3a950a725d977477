// Every output as it came, in rows.
import type { OutputValue } from '../../../../src/protocol/inference/prediction';
import { type FlatTensor, isList } from '../../../../src/protocol/inference/tensor';
import { Fold } from '../../../kit/section';

const mostItems = 200;

/** Folded until asked for. `changes`: how what was run differs from the file. */
export function RawTensors({
  outputs,
  changes,
}: {
  outputs: Readonly<Record<string, OutputValue>>;
  changes: readonly string[];
}) {
  const all = Object.entries(outputs).flatMap(([name, value]) =>
    isList(value) ? value.map((tensor, at) => ({ name: `${name}[${at}]`, tensor })) : [{ name, tensor: value }],
  );
  return (
    <Fold name="raw tensors" label="Raw tensors">
      <dl className="raw-tensors">
        {all.slice(0, mostItems).map(({ name, tensor }) => (
          <div key={name}>
            <dt>
              {name} <span className="quiet">{shapeText(tensor)}</span>
            </dt>
            <dd>
              <code>{itemsText(tensor)}</code>
            </dd>
          </div>
        ))}
      </dl>
      {changes.map((change) => (
        <p key={change} className="note">
          {change}
        </p>
      ))}
    </Fold>
  );
}

function shapeText({ type, shape }: FlatTensor): string {
  return shape.length === 0 ? `${type} scalar` : `${type}[${shape.join(', ')}]`;
}

function itemsText({ data, type }: FlatTensor): string {
  const shown = data.slice(0, mostItems).map((item) => (type === 'string' ? JSON.stringify(item) : String(item)));
  const rest = data.length - shown.length;
  return shown.join(', ') + (rest > 0 ? `, … ${rest.toLocaleString('en-US')} more` : '');
}
