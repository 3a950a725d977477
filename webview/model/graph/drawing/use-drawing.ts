// What of the graph is drawn: all of a small one, else what lies around the node that is chosen.
import { useEffect, useState } from 'react';
import type { GraphDrawing } from '../../../../src/protocol/inference/file/graph-drawing';
import { useHost } from '../../../kit/host/host-context';
import { askModel } from '../../model-source';

/** More would be too many to find one's way, and to draw while somebody waits. */
const mostNodes = 400;

/** What was asked for: a graph, and a node of it. */
export interface DrawingPlace {
  graph: number;
  node: number | null;
}

interface Drawn {
  stamp: number;
  around: number | null;
  drawing: GraphDrawing;
}

/** `place` is another graph's where the node is. The last drawing stays until the next is there. */
export function useDrawing(place: DrawingPlace, stamp: number): { drawing: GraphDrawing | null; error: Error | null } {
  const host = useHost();
  const [drawn, setDrawn] = useState<Drawn | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const { graph, node } = place;
  const isThere = drawn !== null && drawn.stamp === stamp && holds(drawn, place);
  useEffect(() => {
    if (isThere) return;
    const taken = new AbortController();
    askModel(host, 'drawing', { graph, around: node, most: mostNodes }, taken.signal).then(
      (drawing) => {
        if (taken.signal.aborted) return;
        setDrawn({ stamp, around: node, drawing });
        setError(null);
      },
      (failure: Error) => !taken.signal.aborted && setError(failure),
    );
    return () => taken.abort();
  }, [host, graph, node, stamp, isThere]);
  return { drawing: drawn?.drawing ?? null, error: isThere ? null : error };
}

/** A node at the rim of what is drawn is asked for anew, so that one can go on from it. */
function holds({ drawing, around }: Drawn, { graph, node }: DrawingPlace): boolean {
  if (node === null) return drawing.graph === graph;
  if (around === node) return true;
  const found = drawing.nodes.find(({ index }) => index === node);
  if (found !== undefined) return found.before.length === 0 && found.after.length === 0;
  return drawing.nodes.some(({ constants }) => constants.some((constant) => constant.node === node));
}

/** The box that stands for a node: its own, or that of the first node that reads it as a constant. Null where neither is drawn. */
export function standsFor(drawing: GraphDrawing, node: number): number | null {
  const found =
    drawing.nodes.find(({ index }) => index === node) ??
    drawing.nodes.find(({ constants }) => constants.some((constant) => constant.node === node));
  return found?.index ?? null;
}
