// How much may be copied to keep a version, as slipway.yaml says it.
import type { Config } from '../../../../protocol/folder/config';

const units: Readonly<Record<string, number>> = { kB: 1e3, KB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 };
const usual = 1e9;

/** In bytes; 1 GB where nothing is said. */
export function copyLimitOf({ snapshots }: Config): number {
  const said = snapshots?.copy_limit;
  if (said === undefined) return usual;
  const [, number = '0', unit = 'GB'] = /^([\d.]+)\s?(\w+)$/.exec(said) ?? [];
  return Math.floor(Number(number) * (units[unit] ?? 1));
}
