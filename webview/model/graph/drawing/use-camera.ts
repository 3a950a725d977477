// Moving and zooming a drawing with the mouse.
import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { type Camera, zoomed } from './camera';

/** A press that moves less is a click. */
const leastDrag = 4;
const wheelStep = 0.0025;

/** `grip` belongs on the element that hears the mouse. */
export interface MovedCamera {
  camera: Camera;
  move: (next: (camera: Camera) => Camera) => void;
  grip: {
    onPointerDown: (event: PointerEvent<HTMLElement>) => void;
    onPointerMove: (event: PointerEvent<HTMLElement>) => void;
    onPointerUp: (event: PointerEvent<HTMLElement>) => void;
    onClickCapture: (event: { stopPropagation(): void }) => void;
  };
}

/** The pointer moves it, and the wheel. */
export function useCamera(element: RefObject<HTMLElement | null>): MovedCamera {
  const [camera, move] = useState<Camera>({ x: 0, y: 0, scale: 1 });
  const drag = useRef<{ x: number; y: number; isMoved: boolean; isDown: boolean } | null>(null);
  useWheel(element, move);
  const onPointerMove = (event: PointerEvent<HTMLElement>): void => {
    const from = drag.current;
    if (from === null || !from.isDown) return;
    const [x, y] = [event.clientX - from.x, event.clientY - from.y];
    if (!from.isMoved && Math.hypot(x, y) < leastDrag) return;
    if (!from.isMoved) event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { x: event.clientX, y: event.clientY, isMoved: true, isDown: true };
    move((old) => ({ ...old, x: old.x + x, y: old.y + y }));
  };
  return {
    camera,
    move,
    grip: {
      onPointerMove,
      onPointerDown: ({ button, clientX, clientY }) => {
        drag.current = { x: clientX, y: clientY, isMoved: false, isDown: button === 0 || button === 1 };
      },
      onPointerUp: () => {
        if (drag.current !== null) drag.current = { ...drag.current, isDown: false };
      },
      // The end of a drag is no click on what lies there.
      onClickCapture: (event) => {
        if (drag.current?.isMoved) event.stopPropagation();
      },
    },
  };
}

/** It moves, as a trackpad does; with Ctrl, or as a pinch, it zooms where the pointer is. */
function useWheel(element: RefObject<HTMLElement | null>, move: MovedCamera['move']): void {
  useEffect(() => {
    const heard = element.current;
    if (heard === null) return;
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault();
      const { left, top } = heard.getBoundingClientRect();
      const at = { x: event.clientX - left, y: event.clientY - top };
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 20 : 1;
      const [across, down] = [event.deltaX * lines, event.deltaY * lines];
      if (event.ctrlKey || event.metaKey) move((old) => zoomed(old, Math.exp(-down * wheelStep), at));
      else if (event.shiftKey && across === 0) move((old) => ({ ...old, x: old.x - down }));
      else move((old) => ({ ...old, x: old.x - across, y: old.y - down }));
    };
    // React listens passively, and the page would scroll.
    heard.addEventListener('wheel', onWheel, { passive: false });
    return () => heard.removeEventListener('wheel', onWheel);
  }, [element, move]);
}
