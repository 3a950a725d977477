// The variables through which a program that logs to MLflow finds this workspace's engine.
import type { EngineAddress } from './engine-client';

/** Four retries bridge the three seconds a killed engine needs to come back, and give up after 28 s without one. */
export function trackingEnvironment(address: EngineAddress): Record<string, string> {
  return {
    MLFLOW_TRACKING_URI: address.url,
    MLFLOW_TRACKING_TOKEN: address.token,
    MLFLOW_HTTP_REQUEST_MAX_RETRIES: '4',
  };
}
