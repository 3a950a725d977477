// What stands above the columns, asked for those that come into sight.
import { useEffect, useRef, useState } from 'react';
import type { GridColumnHead } from '../../../src/protocol/datasets/table/grid';
import { useHost } from '../../kit/host/host-context';
import { askGrid } from '../grid-source';

/** `rows` is how many rows they were told from. */
export interface KnownHeads {
  heads: ReadonlyMap<string, GridColumnHead>;
  rows: number;
  isWhole: boolean;
}

const mostAtOnce = 20;

/** The heads of the columns named so far; `version` is another when the file is. */
export function useColumnHeads(names: readonly string[], version: number): KnownHeads {
  const host = useHost();
  const [known, setKnown] = useState<KnownHeads>({ heads: new Map(), rows: 0, isWhole: true });
  const asked = useRef(new Set<string>());
  const of = useRef(version);
  useEffect(() => {
    if (of.current !== version) {
      of.current = version;
      asked.current.clear();
    }
    const missing = names.filter((name) => !asked.current.has(name)).slice(0, mostAtOnce);
    if (missing.length === 0) return;
    for (const name of missing) asked.current.add(name);
    // Without a head the column is as good to read.
    askGrid(host, 'gridHeads', { columns: missing }).then(
      ({ columns, rows, isWhole }) => {
        // What comes late is of a file that is another by now.
        if (of.current !== version) return;
        setKnown(({ heads }) => ({
          heads: new Map([...heads, ...columns.map((head) => [head.name, head] as const)]),
          rows,
          isWhole,
        }));
      },
      () => undefined,
    );
  }, [host, names, version]);
  return known;
}
