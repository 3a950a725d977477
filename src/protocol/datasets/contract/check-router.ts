// The procedures about contracts.
import { t } from '../../router/procedures';
import {
  anomalyQuery,
  badRowsQuery,
  batchHistoryQuery,
  checkQuery,
  contractQuery,
  expectedChange,
  fileCheckQuery,
  fileRowsQuery,
  inferQuery,
} from './check-api';

/** Each checks its input and asks the engine's `CheckApi`. */
export const checkRoutes = t.router({
  run: t.procedure.input(checkQuery).mutation(({ ctx, input, signal }) => ctx.api.checkVersion(input, signal)),
  badRows: t.procedure.input(badRowsQuery).query(({ ctx, input, signal }) => ctx.api.versionBadRows(input, signal)),
  file: t.procedure.input(fileCheckQuery).mutation(({ ctx, input, signal }) => ctx.api.checkFile(input, signal)),
  fileRows: t.procedure.input(fileRowsQuery).query(({ ctx, input, signal }) => ctx.api.fileBadRows(input, signal)),
  subject: t.procedure.input(contractQuery).query(({ ctx, input, signal }) => ctx.api.contractSubject(input, signal)),
  anomalies: t.procedure.input(anomalyQuery).query(({ ctx, input, signal }) => ctx.api.versionAnomalies(input, signal)),
  history: t.procedure.input(batchHistoryQuery).query(({ ctx, input }) => ctx.api.batchMoments(input)),
  expect: t.procedure.input(expectedChange).mutation(({ ctx, input }) => ctx.api.expectNumber(input)),
  infer: t.procedure.input(inferQuery).query(({ ctx, input, signal }) => ctx.api.inferContract(input, signal)),
});
