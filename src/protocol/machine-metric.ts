// What is measured of the machine is logged like any metric, below a prefix that MLflow's own monitor uses too.

/** True for a metric of the machine (`system/…`), which says nothing of how good a run is. */
export function isMachineMetric(key: string): boolean {
  return key.startsWith('system/');
}
