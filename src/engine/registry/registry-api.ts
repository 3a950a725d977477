// What clients ask of the registry and decide in it.
import type { RegistryApi } from '../../protocol/models/registry/registry-api';
import type { Services } from '../services';
import { RegistryDesk } from './registry-desk';
import { RegistryReading } from './registry-reading';

/** `registry.*`. */
export function registryApi(services: Services): RegistryApi {
  const reading = new RegistryReading(services);
  const desk = new RegistryDesk(services);
  return {
    listModels: async (query) => reading.models(query),
    getModel: async (query) => reading.model(query),
    getVersion: (query, signal) => reading.version(query, signal as AbortSignal | undefined),
    approveVersion: (request) => desk.approve(request),
    waiveRule: (request) => desk.waive(request),
    promoteVersion: (request, signal) => desk.promote(request, signal as AbortSignal | undefined),
    rollBack: (request) => desk.rollBack(request),
    approveRules: (request) => desk.approveRules(request),
  };
}
