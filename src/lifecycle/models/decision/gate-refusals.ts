// What of a gate's report stands in the way of a move.
import { canBeWaived, stops } from '../../../protocol/models/gate/stopping';
import type { ModelDefinition } from '../../../protocol/models/model-definition';
import type { Refusal, Waiver } from '../../../protocol/models/registry/model-version';
import type { KeptReport } from './evidence';

/** Why the report does not let the version through; none where every rule that blocks passes, or was let pass by a waiver that counts. */
export function gateRefusals(
  subject: string,
  report: KeptReport | undefined,
  { definition, waivers }: { definition: ModelDefinition; waivers: readonly Waiver[] },
): Refusal[] {
  const blocking = definition.gates.filter(({ severity }) => severity === 'block');
  if (report === undefined) {
    const why = `the gate was not run over what ${subject} is now: slipway gate ${subject}`;
    return definition.gates.length === 0 ? [] : [{ rule: 'gate', why }];
  }
  const waived = new Set(waivers.filter((each) => each.void === null).map(({ rule }) => rule));
  return blocking.flatMap(({ id, kind }) => {
    const result = report.report.rules.find((each) => each.id === id);
    if (result !== undefined && !stops(result)) return [];
    if (canBeWaived({ kind }) && waived.has(id)) return [];
    const verdict = result?.verdict === 'inconclusive' ? 'cannot tell. ' : '';
    return [
      { rule: id, why: result === undefined ? 'it was not judged' : `${verdict}${result.why || result.verdict}` },
    ];
  });
}
