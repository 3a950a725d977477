// What panels of registered models ask of the engine.
import type { EngineClient } from '../../client/engine-client';
import type { RegistryQueries } from '../../protocol/models/registry/panel/panel-queries';

/** How each of these questions is put to the engine. */
export type RegistryRelays = {
  [Q in keyof RegistryQueries]: (
    client: EngineClient,
    input: RegistryQueries[Q]['input'],
    signal: AbortSignal,
  ) => Promise<RegistryQueries[Q]['output']>;
};

export const registryRelays: RegistryRelays = {
  'registry.get': (client, input, signal) => client.api.registry.get.query(input, { signal }),
  'registry.version': (client, input, signal) => client.api.registry.version.query(input, { signal }),
  'audit.list': (client, input, signal) => client.api.audit.list.query(input, { signal }),
  'audit.verify': (client, _input, signal) => client.api.audit.verify.query(undefined, { signal }),
};
