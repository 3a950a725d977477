// The drawing of a chart as pixels.
import { drawingSize } from './chart-svg';

/** Pixels to a CSS pixel: sharp on paper and on dense screens. */
const density = 2;

/** The bytes of a PNG file with the drawing `svg` of that size in CSS pixels, as base64. Rejects when the page cannot draw it. */
export async function chartPng(svg: string, size = drawingSize): Promise<string> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = size.width * density;
  canvas.height = size.height * density;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/png').replace(/^data:image\/png;base64,/, '');
}
