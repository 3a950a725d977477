// What the panel of a registered model keeps over a reload, and what it loads.
import { useEffect } from 'react';
import type { VersionDetail, VersionSummary } from '../../src/protocol/models/registry/model-version';
import type {
  RegistryAnswers,
  RegistryPanelBoot,
  RegistryPanelState,
} from '../../src/protocol/models/registry/panel/panel-state';
import type { ModelDetail } from '../../src/protocol/models/registry/registered-model';
import type { Host } from '../kit/host/host';
import { useHost } from '../kit/host/host-context';
import { type Live, useLive } from '../kit/host/live';

/** So many versions are listed at first, and more with each further page. */
export const versionPage = 100;

/** The kept state, or a fresh one; what the host asks for goes before what was kept. */
export function firstState({ folder, model, version }: RegistryPanelBoot, state: unknown): RegistryPanelState {
  const kept = state as Partial<RegistryPanelState> | undefined;
  const fresh: RegistryPanelState = { v: 1, folder, model, version, open: {}, gate: null };
  if (kept?.v !== 1 || kept.folder !== folder || kept.model !== model) return fresh;
  return { ...fresh, ...kept, ...(version === null ? {} : { version }) };
}

/** The model with its `wanted` newest versions. */
export function useModel(name: string, wanted: number): Live<ModelDetail> {
  return useLive<ModelDetail>({
    key: JSON.stringify([name, wanted]),
    rest: 500,
    load: async (host, signal) => {
      const model = await host.query('registry.get', { name, limit: versionPage }, signal);
      const items: VersionSummary[] = [...model.items];
      let { next } = model;
      while (next !== null && items.length < wanted) {
        const more = await host.query('registry.get', { name, limit: versionPage, page: next }, signal);
        items.push(...more.items);
        next = more.next;
      }
      return { ...model, items, next };
    },
  });
}

/** A version by its number, with what the user may do with it; nothing while the number is not known. */
export function useVersion(name: string, version: string | undefined): Live<VersionDetail> {
  return useLive<VersionDetail>({
    key: version === undefined ? '' : JSON.stringify([name, version]),
    rest: 500,
    load: async (host, signal) => {
      const identity = await host.command('registry.identity', null);
      return host.query('registry.version', { name, version: version ?? '', identity }, signal);
    },
  });
}

/** The mistake that keeps slipway.yaml from being read, if there is one. */
export function useMistake(): RegistryAnswers['registry.mistake'] {
  const load = (host: Host) => host.command('registry.mistake', null);
  return useLive({ key: 'mistake', rest: 500, load }).value ?? null;
}

/** The tree and the commands of the editor ask for a version. */
export function useWishes(onVersion: (version: string) => void): void {
  const host = useHost();
  useEffect(
    () =>
      host.listen((event) => {
        if (event.type === 'version') onVersion(event.version);
      }),
    [host, onVersion],
  );
}
