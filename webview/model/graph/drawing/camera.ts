// Which part of the drawing is in sight, and how large.
import type { Point } from './layout/layout';

/** A point p of the drawing stands at `scale` · p + (x, y) of the window, in pixels. */
export interface Camera {
  x: number;
  y: number;
  scale: number;
}

export interface Size {
  width: number;
  height: number;
}

const least = 0.02;
const most = 3;
const margin = 24;

/** All of it, and never larger than it is. */
export function wholeInSight(drawing: Size, sight: Size): Camera {
  const across = (sight.width - 2 * margin) / Math.max(1, drawing.width);
  const down = (sight.height - 2 * margin) / Math.max(1, drawing.height);
  const scale = within(Math.min(1, across, down));
  return {
    x: (sight.width - drawing.width * scale) / 2,
    y: Math.max(margin, (sight.height - drawing.height * scale) / 2),
    scale,
  };
}

/** As much as can be read: all where that is large enough, else its top. */
export function firstSight(drawing: Size, sight: Size): Camera {
  const whole = wholeInSight(drawing, sight);
  if (whole.scale >= 0.7) return whole;
  const scale = within(Math.max(0.7, Math.min(1, (sight.width - 2 * margin) / Math.max(1, drawing.width))));
  return { x: (sight.width - drawing.width * scale) / 2, y: margin, scale };
}

/** `times` as large, with what is at `at` of the window where it was. */
export function zoomed({ x, y, scale }: Camera, times: number, at: Point): Camera {
  const next = within(scale * times);
  const by = next / scale;
  return { x: at.x - (at.x - x) * by, y: at.y - (at.y - y) * by, scale: next };
}

/** What is now at `place` stands where `was` stood. */
export function moved({ x, y, scale }: Camera, place: Point, was: Point): Camera {
  return { scale, x: x + (was.x - place.x) * scale, y: y + (was.y - place.y) * scale };
}

/** The same, moved as little as brings the box around `place` into sight; a box that was far out of it comes to the middle. */
export function withInSight(camera: Camera, place: Point, { box, sight }: { box: Size; sight: Size }): Camera {
  const { scale } = camera;
  const at = { x: camera.x + place.x * scale, y: camera.y + place.y * scale };
  const isOut = at.x < 0 || at.y < 0 || at.x > sight.width || at.y > sight.height;
  if (isOut) return { scale, x: sight.width / 2 - place.x * scale, y: sight.height / 2 - place.y * scale };
  const half = { x: (box.width * scale) / 2 + margin, y: (box.height * scale) / 2 + margin };
  return {
    scale,
    x: camera.x + nearest(at.x, half.x, sight.width) - at.x,
    y: camera.y + nearest(at.y, half.y, sight.height) - at.y,
  };
}

function nearest(at: number, half: number, length: number): number {
  if (2 * half > length) return length / 2;
  return Math.min(Math.max(at, half), length - half);
}

function within(scale: number): number {
  return Math.min(most, Math.max(least, scale));
}
