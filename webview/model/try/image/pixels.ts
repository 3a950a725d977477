// A picture as the numbers that a model takes.
import type { ImageInput } from '../../../../src/protocol/inference/form/model-form';
import type { ImageChoice } from '../../../../src/protocol/inference/form/try-panel';
import type { RequestInput } from '../form/request';

/** Means and standard deviations of the pictures of ImageNet, channel by channel (R, G, B), of values from 0 to 1. */
const imagenet = { mean: [0.485, 0.456, 0.406], sd: [0.229, 0.224, 0.225] } as const;

/** Where a picture of `width` × `height` lies on a canvas, in the canvas' pixels. */
interface Placed {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Sizes in pixels, [width, height]. */
function placed(
  picture: readonly [number, number],
  canvas: readonly [number, number],
  fit: ImageChoice['fit'],
): Placed {
  const [width, height] = canvas;
  if (fit === 'stretch') return { x: 0, y: 0, width, height };
  const ratios = [width / picture[0], height / picture[1]];
  const scale = fit === 'crop' ? Math.max(...ratios) : Math.min(...ratios);
  const [w, h] = [Math.round(picture[0] * scale), Math.round(picture[1] * scale)];
  return { x: Math.round((width - w) / 2), y: Math.round((height - h) / 2), width: w, height: h };
}

/** The picture as it is put into the model's size: RGBA, row by row. What letterboxing leaves free is black. */
export function drawn(bitmap: ImageBitmap, choice: ImageChoice): ImageData {
  const { width, height, fit } = choice;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('This window cannot draw pictures.');
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = 'high';
  const at = placed([bitmap.width, bitmap.height], [width, height], fit);
  context.drawImage(bitmap, at.x, at.y, at.width, at.height);
  return context.getImageData(0, 0, width, height);
}

/** The input of one picture in the model's layout. Grey is 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601). */
export function pictureInput(input: ImageInput, { data, width, height }: ImageData, choice: ImageChoice): RequestInput {
  const { name, element, layout, channels } = input;
  const count = width * height;
  const values = new Array<number>(count * channels);
  const isWhole = !element.includes('float');
  for (let pixel = 0; pixel < count; pixel += 1) {
    for (let channel = 0; channel < channels; channel += 1) {
      const value = scaled(channelValue(data, pixel, { channel, channels, order: choice.order }), channel, choice);
      const place = layout === 'NCHW' ? channel * count + pixel : pixel * channels + channel;
      values[place] = isWhole ? Math.round(value) : Math.fround(value);
    }
  }
  const shape = layout === 'NCHW' ? [1, channels, height, width] : [1, height, width, channels];
  return { name, element, shape, data: JSON.stringify(values) };
}

interface ChannelPlace {
  channel: number;
  channels: number;
  order: ImageChoice['order'];
}

function channelValue(data: Uint8ClampedArray, pixel: number, { channel, channels, order }: ChannelPlace): number {
  const at = pixel * 4;
  const value = (offset: number): number => data[at + offset] ?? 0;
  if (channels === 1) return 0.299 * value(0) + 0.587 * value(1) + 0.114 * value(2);
  return value(order === 'BGR' && channel < 3 ? 2 - channel : channel);
}

/** `value` is 0 to 255. Of one channel ImageNet's green is taken. */
function scaled(value: number, channel: number, { scale, order }: ImageChoice): number {
  if (scale === 'bytes') return value;
  if (scale === 'signed') return value / 127.5 - 1;
  if (scale === 'unit') return value / 255;
  const colour = order === 'BGR' && channel < 3 ? 2 - channel : channel;
  return (value / 255 - (imagenet.mean[colour] ?? 0)) / (imagenet.sd[colour] ?? 1);
}

/** Least and greatest of what is sent. */
export function extent({ data }: RequestInput): [low: number, high: number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of JSON.parse(data) as number[]) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return [low, high];
}

/** The same pixels as one channel has them. */
export function greyed({ data, width, height }: ImageData): ImageData {
  const grey = new ImageData(width, height);
  for (let at = 0; at < data.length; at += 4) {
    const value = channelValue(data, at / 4, { channel: 0, channels: 1, order: 'RGB' });
    grey.data.set([value, value, value, 255], at);
  }
  return grey;
}
