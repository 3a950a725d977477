// A picture for the model: chosen, put into its size, turned into its numbers, and shown as the model is given it.
import { useRef } from 'react';
import type { ImageInput } from '../../../../src/protocol/inference/form/model-form';
import type { GivenPicture, ImageChoice } from '../../../../src/protocol/inference/form/try-panel';
import { Button, Choice } from '../../../kit/controls';
import type { RequestInput } from '../form/request';
import { type TakenPicture, usePicture } from './use-picture';

interface ImageFieldProps {
  input: ImageInput;
  choice: ImageChoice;
  onChoose: (part: Partial<ImageChoice>) => void;
  /** The name of the picture that was given before the page was left; undefined where none was. */
  given: string | undefined;
  onPicture: (picture: RequestInput) => void;
  onTaken: (picture: GivenPicture) => void;
}

const fits = [
  { value: 'letterbox', label: 'Whole, with borders' },
  { value: 'stretch', label: 'Stretched' },
  { value: 'crop', label: 'Cut to the middle' },
] as const;
const scales = [
  { value: 'unit', label: '0 to 1' },
  { value: 'imagenet', label: 'As ImageNet: mean, sd' },
  { value: 'signed', label: '−1 to 1' },
  { value: 'bytes', label: '0 to 255' },
] as const;
const orders = [
  { value: 'RGB', label: 'RGB' },
  { value: 'BGR', label: 'BGR' },
] as const;

/** How a picture is turned into numbers before anybody chose. */
export function firstChoice({ element, height, width }: ImageInput): ImageChoice {
  const scale = element.includes('float') ? 'unit' : 'bytes';
  return { fit: 'stretch', order: 'RGB', scale, height: height ?? 224, width: width ?? 224 };
}

/** The whole field; its numbers are told whenever they change. */
export function ImageField({ input, choice, given, onChoose, onPicture, onTaken }: ImageFieldProps) {
  const picture = usePicture(input, choice, { given, onPicture, onTaken });
  const channels = input.channels === 1 ? 'grey' : `${input.channels} channels`;
  return (
    <fieldset
      className="image-field"
      aria-label={input.name}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        picture.take(event.dataTransfer.files[0]);
      }}
    >
      <div className="field-name">
        {input.name}{' '}
        <span className="quiet">
          {choice.width} × {choice.height}, {channels}
        </span>
      </div>
      <PictureChoice name={picture.name} onTake={picture.take} />
      {picture.trouble !== '' && (
        <p className="field-said caution" role="alert">
          {picture.trouble}
        </p>
      )}
      <Turned input={input} choice={choice} onChoose={onChoose} />
      {picture.name !== undefined && <Shown input={input} choice={choice} picture={picture} />}
    </fieldset>
  );
}

function Shown({ input, choice, picture }: { input: ImageInput; choice: ImageChoice; picture: TakenPicture }) {
  return (
    <figure className="picture">
      <canvas
        ref={picture.canvas}
        width={choice.width}
        height={choice.height}
        aria-label={`${picture.name} as the model is given it`}
        role="img"
      />
      <figcaption className="note">
        As the model is given it: {input.layout}, values {picture.range}.
      </figcaption>
    </figure>
  );
}

function PictureChoice({ name, onTake }: { name: string | undefined; onTake: (file: File | undefined) => void }) {
  const chooser = useRef<HTMLInputElement>(null);
  return (
    <div className="image-file">
      <Button label="Choose Picture…" onAct={() => chooser.current?.click()} />
      <span className="note cut">{name ?? 'or drop one here'}</span>
      <input
        ref={chooser}
        type="file"
        accept="image/*"
        hidden
        aria-label="Picture"
        onChange={(event) => onTake(event.currentTarget.files?.[0])}
      />
    </div>
  );
}

function Turned({ input, choice, onChoose }: Pick<ImageFieldProps, 'input' | 'choice' | 'onChoose'>) {
  return (
    <div className="image-choices">
      <Choice
        label="How it is put into the size"
        options={fits}
        value={choice.fit}
        onChoose={(fit) => onChoose({ fit })}
      />
      <Choice
        label="Values of a pixel"
        options={scales}
        value={choice.scale}
        onChoose={(scale) => onChoose({ scale })}
      />
      {input.channels > 1 && (
        <Choice
          label="Order of the channels"
          options={orders}
          value={choice.order}
          onChoose={(order) => onChoose({ order })}
        />
      )}
      {input.width === null && <Side label="Width" value={choice.width} onChoose={(width) => onChoose({ width })} />}
      {input.height === null && (
        <Side label="Height" value={choice.height} onChoose={(height) => onChoose({ height })} />
      )}
    </div>
  );
}

const mostSide = 2048;

function Side({ label, value, onChoose }: { label: string; value: number; onChoose: (size: number) => void }) {
  return (
    <input
      className="field side"
      type="number"
      aria-label={label}
      title={label}
      min={1}
      max={mostSide}
      defaultValue={value}
      onChange={(event) => {
        const size = event.currentTarget.valueAsNumber;
        if (Number.isInteger(size) && size >= 1 && size <= mostSide) onChoose(size);
      }}
    />
  );
}
