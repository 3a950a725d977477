import type { GateRule } from './gate-rule';

/** A fault of one key of a rule. */
interface RuleFault {
  key: 'metric' | 'test';
  sentence: string;
}
/** Null for a rule that can be. A logged metric may be called anything. */
export declare function metricFault(rule: GateRule): RuleFault | null;
