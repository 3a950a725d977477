// The questions the panel of a registered model may ask of the engine, by the names that panel and host know them by.
import type * as z from 'zod';
import type { AuditRecord, AuditVerification, auditQuery } from '../../../audit/audit';
import type { Page } from '../../../run';
import type { VersionDetail, versionQuery } from '../model-version';
import type { ModelDetail, modelQuery } from '../registered-model';

/** What goes in and what comes out of each. */
export interface RegistryQueries {
  'registry.get': { input: z.input<typeof modelQuery>; output: ModelDetail };
  'registry.version': { input: z.input<typeof versionQuery>; output: VersionDetail };
  'audit.list': { input: z.input<typeof auditQuery>; output: Page<AuditRecord> };
  'audit.verify': { input: null; output: AuditVerification };
}
