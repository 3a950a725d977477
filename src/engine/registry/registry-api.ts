// What clients ask of the registry and decide in it.
import { SlipwayError } from '../../base/errors';
import type { RegistryApi } from '../../protocol/models/registry/registry-api';
import type { Services } from '../services';

/** `registry.*`. */
export function registryApi(_services: Services): RegistryApi {
  const refuse = (): never => {
    throw new SlipwayError('not-implemented', 'The registry answers over MLflow’s routes.');
  };
  return {
    listModels: async () => refuse(),
    getModel: async () => refuse(),
    getVersion: async () => refuse(),
    approveVersion: async () => refuse(),
    waiveRule: async () => refuse(),
    promoteVersion: async () => refuse(),
    rollBack: async () => refuse(),
    approveRules: async () => refuse(),
  };
}
