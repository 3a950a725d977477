// The picture that was chosen, turned into the model's numbers whenever it or the way of turning it changes.
import { type RefObject, useEffect, useRef, useState } from 'react';
import type { ImageInput } from '../../../../src/protocol/inference/form/model-form';
import type { GivenPicture, ImageChoice } from '../../../../src/protocol/inference/form/try-panel';
import { useHost } from '../../../kit/host/host-context';
import { askTry } from '../ask-try';
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

/** `given`: the picture of before; `onPicture` is told the input, `onTaken` a picture that somebody chose. */
interface PictureTerms {
  given: string | undefined;
  onPicture: (picture: RequestInput) => void;
  onTaken: (picture: GivenPicture) => void;
}

/** Follows `choice`. */
export function usePicture(input: ImageInput, choice: ImageChoice, terms: PictureTerms): TakenPicture {
  const [picture, setPicture] = useState<{ name: string; bitmap: ImageBitmap } | null>(null);
  const [trouble, setTrouble] = useState('');
  const [range, setRange] = useState('');
  const canvas = useRef<HTMLCanvasElement>(null);
  const tell = useRef(terms);
  tell.current = terms;
  const turning = JSON.stringify(choice);
  useEffect(() => {
    if (picture === null) return;
    const turned = JSON.parse(turning) as ImageChoice;
    const pixels = drawn(picture.bitmap, turned);
    const made = pictureInput(input, pixels, turned);
    canvas.current?.getContext('2d')?.putImageData(input.channels === 1 ? greyed(pixels) : pixels, 0, 0);
    setRange(extent(made).map(figure).join(' to '));
    tell.current.onPicture(made);
  }, [picture, turning, input]);
  useGivenPicture(input.name, terms.given, setPicture);
  const take = (file: File | undefined): void => {
    if (file === undefined) return;
    const { name } = file;
    createImageBitmap(file).then(
      async (bitmap) => {
        setTrouble('');
        setPicture({ name, bitmap });
        tell.current.onTaken({ name, bytes: base64(new Uint8Array(await file.arrayBuffer())) });
      },
      () => setTrouble(`${name} is no picture that can be read here: choose PNG, JPEG, WebP, GIF or BMP.`),
    );
  };
  return { name: picture?.name, range, trouble, canvas, take };
}

/** Takes up the picture of before the page was left, once. */
function useGivenPicture(
  of: string,
  given: string | undefined,
  onFound: (picture: { name: string; bitmap: ImageBitmap }) => void,
): void {
  const host = useHost();
  const first = useRef({ of, given, onFound });
  useEffect(() => {
    if (first.current.given === undefined) return;
    void askTry(host, 'picture', { of: first.current.of }).then(async (found) => {
      if (found === null || found.name !== first.current.given) return;
      const bytes = Uint8Array.from(atob(found.bytes), (character) => character.charCodeAt(0));
      first.current.onFound({ name: found.name, bitmap: await createImageBitmap(new Blob([bytes])) });
    });
  }, [host]);
}

function base64(bytes: Uint8Array): string {
  let text = '';
  // More at once are too many arguments.
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}

function figure(value: number): string {
  return value.toFixed(3).replace('-', '−');
}
