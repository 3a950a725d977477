// What the page of a registered model asks its host to do.
import { knownIdentity } from '../../../client/registry/identity';
import type { DecisionAnswer } from '../../../protocol/models/registry/model-version';
import { openConfig } from '../../config/config-line';
import { configMistakes } from '../../config/config-mistakes';
import { openKnownRun } from '../../links/run-opening';
import type { CommandHandlers } from '../../panels/panel-host';
import { waysOn } from '../../panels/ways-on';
import {
  approveRules,
  approveVersion,
  type DecidedVersion,
  promoteVersion,
  rejectVersion,
  rollBackModel,
  waiveRule,
} from '../version-decisions';
import { exportAudit } from './audit-export';
import { openPredictions } from './judged-predictions';
import type { PanelGate } from './panel-gate';
import type { RegistryPanelsOptions } from './registry-panels';
import { tryVersion } from './tried-model';
import { showMenu, type WaysOut } from './version-menu';

/** A panel: the model that it shows, and the gate that it runs. `folder` is a URI as text. */
export type RegistryPanelTarget = RegistryPanelsOptions & { folder: string; model: string; gate: PanelGate };

/** The handlers of one panel, each of which the log names. A decision's failure is told by the page, where it was asked for. */
export function registryPanelCommands(target: RegistryPanelTarget): Partial<CommandHandlers> {
  const { folder, model, sessions, notices, gate } = target;
  const of = (version: string): DecidedVersion => ({ session: sessions.get(folder), name: model, version });
  const decide = async (what: string, act: () => Promise<DecisionAnswer | undefined>): Promise<DecisionAnswer | null> =>
    (await notices.logged(what, act)) ?? null;
  const ways = waysOut(target);
  return {
    ...waysOn({ folder, sessions, notices }),
    'registry.identity': () => knownIdentity(sessions.get(folder).folder.uri.fsPath),
    'registry.runGate': ({ version }) =>
      notices.attempt('registry.runGate', () => gate.run(of(version).session.requireClient(), of(version))),
    'registry.cancelGate': () => gate.cancel(),
    'registry.approve': ({ version }) => decide('registry.approve', () => approveVersion(of(version))),
    'registry.reject': ({ version }) => decide('registry.reject', () => rejectVersion(of(version))),
    'registry.promote': ({ version, to }) =>
      decide('registry.promote', () => promoteVersion(of(version), to === null ? undefined : { stage: to })),
    'registry.rollBack': () => decide('registry.rollBack', () => rollBackModel(of(''))),
    'registry.waive': ({ version, rule }) => decide('registry.waive', () => waiveRule(of(version), rule)),
    'registry.approveRules': ({ pending }) => decide('registry.approveRules', () => approveRules(of(''), pending)),
    'registry.more': ({ version }) => decide('registry.more', () => showMenu(of(version), ways)),
    'registry.try': ({ version }) => notices.attempt('registry.try', () => tryVersion(of(version), target.storage)),
    'registry.openRules': ({ line }) => notices.attempt('registry.openRules', () => ways.openRules(line)),
    'registry.mistake': async () => {
      const [first] = configMistakes(sessions.get(folder));
      return first === undefined ? null : { line: first.line + 1, message: first.message };
    },
    'registry.openPredictions': ({ runId, path }) =>
      notices.attempt('registry.openPredictions', () =>
        openPredictions(sessions.get(folder), { runId, path }, target.storage),
      ),
    'registry.exportAudit': () => notices.attempt('registry.exportAudit', () => exportAudit(of(''))),
    'registry.openRun': ({ runId }) => notices.attempt('registry.openRun', () => ways.openRun(runId)),
    'registry.openData': ({ dataset, version }) => target.datasets.show({ folder, dataset, version }),
    'registry.compare': ({ runIds }) => target.comparisons.show({ folder, runIds }),
  };
}

function waysOut({ folder, sessions, runs }: RegistryPanelTarget): WaysOut {
  return {
    openRun: (runId) => openKnownRun(runs, sessions.get(folder), runId),
    openRules: (line) => openConfig(sessions.get(folder), line),
  };
}
