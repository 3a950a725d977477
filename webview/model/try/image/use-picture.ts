// The picture that was chosen, turned into the model's numbers whenever it or the way of turning it changes.
import { type RefObject, useEffect, useRef, useState } from 'react';
import type { ImageInput } from '../../../../src/protocol/inference/form/model-form';
import type { ImageChoice } from '../../../../src/protocol/inference/form/try-panel';
import type { RequestInput } from '../form/request';
import { drawn, extent, greyed, pictureInput } from './pixels';

/** `range` tells the values that are sent, `trouble` why a file is no picture; both may be empty. */
export interface TakenPicture {
  name: string | undefined;
  range: string;
  trouble: string;
  /** Where the picture is drawn as the model is given it. */
  canvas: RefObject<HTMLCanvasElement | null>;
  take: (file: File | undefined) => void;
}

/** `onPicture` is told the input. */
export function usePicture(
  input: ImageInput,
  choice: ImageChoice,
  onPicture: (picture: RequestInput) => void,
): TakenPicture {
  const [picture, setPicture] = useState<{ name: string; bitmap: ImageBitmap } | null>(null);
  const [trouble, setTrouble] = useState('');
  const [range, setRange] = useState('');
  const canvas = useRef<HTMLCanvasElement>(null);
  const tell = useRef(onPicture);
  tell.current = onPicture;
  const turning = JSON.stringify(choice);
  useEffect(() => {
    if (picture === null) return;
    const turned = JSON.parse(turning) as ImageChoice;
    const pixels = drawn(picture.bitmap, turned);
    const made = pictureInput(input, pixels, turned);
    canvas.current?.getContext('2d')?.putImageData(input.channels === 1 ? greyed(pixels) : pixels, 0, 0);
    setRange(extent(made).map(figure).join(' to '));
    tell.current(made);
  }, [picture, turning, input]);
  const take = (file: File | undefined): void => {
    if (file === undefined) return;
    createImageBitmap(file).then(
      (bitmap) => {
        setTrouble('');
        setPicture({ name: file.name, bitmap });
      },
      () => setTrouble(`${file.name} is no picture that can be read here: choose PNG, JPEG, WebP, GIF or BMP.`),
    );
  };
  return { name: picture?.name, range, trouble, canvas, take };
}

function figure(value: number): string {
  return value.toFixed(3).replace('-', '−');
}
