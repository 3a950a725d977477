// The variables through which a program that logs to MLflow finds this workspace's engine.
import type { EngineAddress } from './engine-address';

/**
 * Four retries bridge the three seconds a killed engine needs to come back, and give up after 28 s without one. The
 * time limit of a single request keeps an engine that hangs from holding a training for MLflow's usual ten minutes.
 */
export function trackingEnvironment(address: EngineAddress): Record<string, string> {
  return {
    MLFLOW_TRACKING_URI: address.url,
    MLFLOW_TRACKING_TOKEN: address.token,
    MLFLOW_HTTP_REQUEST_MAX_RETRIES: '4',
    MLFLOW_HTTP_REQUEST_TIMEOUT: '20',
  };
}
