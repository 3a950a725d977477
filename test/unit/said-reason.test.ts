// Reasons that must be given.
import { expect, it } from 'vitest';
import { auditAcceptance } from '../../src/protocol/audit/audit';
import { launchQuery } from '../../src/protocol/datasets/launch';
import { approvalRequest, rollbackRequest, waiverRequest } from '../../src/protocol/models/registry/model-version';

const by = { name: 'delay', identity: 'a@b.example', door: 'command line' };
/** Each with its reason left to say. */
const requests = {
  override: (reason: string) => launchQuery.safeParse({ runId: 'r', inputs: [], reason }),
  rollback: (reason: string) => rollbackRequest.safeParse({ ...by, reason }),
  waive: (reason: string) => waiverRequest.safeParse({ ...by, version: '1', rule: 'floor', reason, expires: 1 }),
  reject: (comment: string) => approvalRequest.safeParse({ ...by, version: '1', verdict: 'rejected', comment }),
  'audit accept': (reason: string) => auditAcceptance.safeParse({ identity: by.identity, door: by.door, reason }),
};

it.each(Object.keys(requests) as (keyof typeof requests)[])(
  '%s took characters that nobody sees for a reason',
  (of) => {
    for (const nothing of ['', ' \n', '\u200b', '\u2060\ufeff', '\u00a0\u3164', '\u2800', '\u0301', '\u202e'])
      expect([nothing, requests[of](nothing).success]).toEqual([nothing, false]);
    for (const words of ['seen', 'é', '原因', '👍', ' the sensor is off '])
      expect(requests[of](words).success).toBe(true);
  },
);
