// The variables a recorded command gets: by them code that logs to MLflow joins the run, and any other finds its
// metrics file.
import type { EngineAddress } from '../client/engine-address';
import { trackingEnvironment } from '../client/tracking-environment';
import type { RecordingSpec } from '../protocol/recording/recording-files';

/** What the variables are made of. `address` is undefined when the workspace never had an engine. */
export interface ChildEnvironmentOptions {
  spec: RecordingSpec;
  metricsFile: string;
  address: EngineAddress | undefined;
}

/** The recorder's own environment, less what would mislead the command, plus what ties it to the run. */
export function childEnvironment(options: ChildEnvironmentOptions): NodeJS.ProcessEnv {
  const { spec, address } = options;
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    SLIPWAY_RUN_ID: spec.runId,
    SLIPWAY_METRICS: options.metricsFile,
    PYTHONUNBUFFERED: '1',
  };
  // The editor's own Node runs the recorder with this set; the command must not inherit it.
  delete env.ELECTRON_RUN_AS_NODE;
  // An outer run's id is not this run's.
  delete env.MLFLOW_RUN_ID;
  if (address === undefined) return env;
  // The engine accepts the token with the run's id behind it and so knows whose request it is.
  Object.assign(env, trackingEnvironment({ url: address.url, token: `${address.token}.${spec.runId}` }));
  env.MLFLOW_RUN_ID = spec.runId;
  if (spec.experiment !== null) {
    env.MLFLOW_EXPERIMENT_NAME = spec.experiment;
    delete env.MLFLOW_EXPERIMENT_ID;
  }
  return env;
}
