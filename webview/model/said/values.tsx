// What has to be given, and what comes back.

import { classesText } from '../../../src/protocol/inference/file/outline-words';
import type { ClassLabels, ModelOutline, ModelValue } from '../../../src/protocol/inference/outline';
import { valueTypeText } from '../../../src/protocol/inference/value-type';
import { countText } from '../../../src/protocol/wording';
import { Fold, Section } from '../../kit/section';

/** Inputs, outputs, classes. */
export function Values({ outline: { inputs, defaults, outputs, labels, metadata } }: { outline: ModelOutline }) {
  return (
    <div>
      <Section
        title="Inputs"
        answer={inputs.length === 0 ? 'none: it is run as it is' : countText(inputs.length, 'value')}
      >
        {inputs.length > 0 && <ValueTable label="Inputs" values={inputs} labels={[]} />}
        {defaults.length > 0 && (
          <Fold name="defaults" label={`${countText(defaults.length, 'input')} with a value in the file`}>
            <ValueTable label="Inputs with a value in the file" values={defaults} labels={[]} />
          </Fold>
        )}
      </Section>
      <Section title="Outputs" answer={countText(outputs.length, 'value')}>
        <ValueTable label="Outputs" values={outputs} labels={labels} />
      </Section>
      {labels.length > 0 && <Classes labels={labels} keys={metadata.map(({ key }) => key)} />}
    </div>
  );
}

function ValueTable({ label, values, labels }: { label: string; values: ModelValue[]; labels: ClassLabels[] }) {
  return (
    <table className="figures values" aria-label={label}>
      <tbody>
        {values.map(({ name, type, doc }) => {
          const own = labels.find(({ output }) => output === name);
          return (
            <tr key={name}>
              <th scope="row" title={doc || name}>
                {name || 'no name'}
              </th>
              <td>
                <code>{valueTypeText(type)}</code>
              </td>
              <td className="quiet">{own !== undefined && countText(own.classes.length, 'class', 'classes')}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** `keys`: of the metadata. */
function Classes({ labels, keys }: { labels: ClassLabels[]; keys: string[] }) {
  const [first] = labels;
  const count = first?.classes.length ?? 0;
  return (
    <Section title="Classes" answer={`${countText(count, 'class', 'classes')}, in the order of the columns`}>
      {labels.map((each) => (
        <div key={`${each.output} ${each.from}`} className="classes">
          <p>{classesText(each, 24)}</p>
          <p className="note">
            {each.output === null ? 'The file does not say of which output' : `Of ${each.output}`}; named by {each.from}
            {keys.includes(each.from) && ' in the metadata'}.
          </p>
          {each.classes.length > 24 && (
            <Fold name={`classes ${each.output}`} label={`All ${each.classes.length.toLocaleString('en-US')}`}>
              <ol className="all-classes" start={0}>
                {each.classes.map((name, column) => (
                  <li key={`${column} ${name}`}>{String(name)}</li>
                ))}
              </ol>
            </Fold>
          )}
        </div>
      ))}
    </Section>
  );
}
