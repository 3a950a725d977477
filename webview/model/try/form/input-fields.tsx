// The controls of one input of the model.
import type { ImageInput, ValuesInput } from '../../../../src/protocol/inference/form/model-form';
import type { ImageChoice, TriedState } from '../../../../src/protocol/inference/form/try-panel';
import { valueTypeText } from '../../../../src/protocol/inference/value-type';
import { Icon } from '../../../kit/icon';
import { firstChoice, ImageField } from '../image/image-field';
import type { Pictures } from '../image/use-pictures';
import { firstText } from './field-facts';
import { FieldRow } from './field-row';
import type { KnownInput } from './known-form';
import type { FormRequest } from './request';

interface InputFieldsProps {
  input: KnownInput;
  tried: TriedState;
  request: FormRequest;
  onText: (key: string, text: string) => void;
  onImage: (name: string, choice: ImageChoice) => void;
  pictures: Pictures;
}

/** A field for each value, JSON, or a picture. */
export function InputFields(props: InputFieldsProps) {
  const { input, tried, request } = props;
  if (input.kind === 'closed') return <Said text={`${input.name}: ${input.reason}`} />;
  if (input.kind === 'values')
    return (
      <ValuesField
        input={input}
        text={tried.values[input.name] ?? input.example}
        problem={request.problems[input.name]}
        onText={(text) => props.onText(input.name, text)}
      />
    );
  if (input.kind === 'image') return <PictureField {...props} input={input} />;
  return (
    <>
      {input.fields.map((field) => (
        <FieldRow
          key={field.key}
          field={field}
          element={input.element}
          text={tried.values[field.key] ?? firstText(field, input.element)}
          problem={request.problems[field.key]}
          note={request.notes[field.key]}
          onText={(text) => props.onText(field.key, text)}
        />
      ))}
    </>
  );
}

function PictureField({ input, tried, onImage, pictures }: InputFieldsProps & { input: ImageInput }) {
  const choice = tried.images[input.name] ?? firstChoice(input);
  return (
    <>
      <ImageField
        input={input}
        choice={choice}
        onChoose={(part) => onImage(input.name, { ...choice, ...part })}
        given={tried.pictures[input.name]}
        onPicture={(picture) => pictures.onPicture(input.name, picture)}
        onTaken={(picture) => pictures.onTaken(input.name, picture)}
      />
      {(tried.values[input.name] ?? '') !== '' && (
        <p className="note">Its values were pasted. A picture that is chosen takes their place.</p>
      )}
    </>
  );
}

function ValuesField(props: {
  input: ValuesInput;
  text: string;
  problem: string | undefined;
  onText: (text: string) => void;
}) {
  const { input, text, problem, onText } = props;
  const type = valueTypeText({ kind: 'tensor', element: input.element, shape: input.shape });
  return (
    <div className="values-field">
      <label className="field-name" htmlFor={`field ${input.name}`}>
        {input.name} <code className="quiet">{type}</code>
      </label>
      <textarea
        id={`field ${input.name}`}
        className="field code"
        rows={Math.min(8, Math.max(2, Math.ceil(text.length / 44)))}
        value={text}
        spellCheck={false}
        aria-invalid={problem !== undefined}
        onChange={(event) => onText(event.currentTarget.value)}
      />
      {problem !== undefined && <Said text={problem} />}
    </div>
  );
}

function Said({ text }: { text: string }) {
  return (
    <p className="field-said" role="alert">
      <Icon name="failed" tone="worse" />
      <span>{text}</span>
    </p>
  );
}
