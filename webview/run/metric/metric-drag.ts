// A metric's row is dragged onto a chart; the key of the metric travels with it.
import type { DragEvent } from 'react';

/** The kind of data that a dragged metric carries: its key. */
const draggedMetric = 'application/x-slipway-metric';

/** What makes an element one that is dragged as the metric `key`. */
export function draggedAs(key: string) {
  return {
    draggable: true,
    onDragStart: (event: DragEvent): void => event.dataTransfer.setData(draggedMetric, key),
  };
}

/** Handlers of an element that takes a metric which is dropped on it. */
export function dropping(take: (key: string) => void) {
  return {
    onDragOver: (event: DragEvent): void => {
      if (!event.dataTransfer.types.includes(draggedMetric)) return;
      event.preventDefault();
      event.currentTarget.classList.add('takes');
    },
    onDragLeave: (event: DragEvent): void => event.currentTarget.classList.remove('takes'),
    onDrop: (event: DragEvent): void => {
      event.preventDefault();
      event.currentTarget.classList.remove('takes');
      const key = event.dataTransfer.getData(draggedMetric);
      if (key !== '') take(key);
    },
  };
}
