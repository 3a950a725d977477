// What the server says of itself, so that clients choose how to transfer artifacts.
import type { Route } from './route';

/** True of this engine whatever it was started with. Uploaded skills are not taken, so no limits of theirs are told. */
const serverInfo = {
  store_type: 'SqlStore',
  workspaces_enabled: false,
  trace_archival_enabled: false,
  multipart_uploads_enabled: false,
  multipart_downloads_enabled: false,
  artifact_serving_enabled: true,
  presigned_upload_run_id_supported: false,
  presigned_upload_model_id_supported: false,
  model_artifact_presigned_downloads_supported: false,
  features_enabled: { gateway: false, scheduled_issue_detection: false },
  tracking_auth: '',
  artifacts_presigned_only: false,
};

/** Routes about the server. */
export const serverRoutes: readonly Route[] = [
  { method: 'GET', path: '/server-info', version: 3, answer: () => serverInfo },
];
