// The part of the API that is about the engine itself.
import { slipwayVersion } from '../../base/version';
import type { EngineApi, EngineStatus } from '../../protocol/api';
import { currentSchema } from '../../workspace/migrations/list';

/** What the control part reads; the functions are asked anew each time. */
export interface ControlFacts {
  workspace: string;
  database: string;
  started: number;
  silence: number;
  durability: 'NORMAL' | 'FULL';
  url: () => string;
  windows: () => number;
  runningRuns: () => number;
  keptAliveBy: () => string[];
  isWhole: () => boolean;
  warnings: () => string[];
  notes: () => string[];
  check: () => Promise<string[]>;
  checkContents: EngineApi['checkContents'];
  stop: () => void;
}

/** `engine.status`, `engine.check`, `engine.checkContents` and `engine.stop`. */
export function controlApi(facts: ControlFacts): Pick<EngineApi, 'status' | 'check' | 'checkContents' | 'stop'> {
  return {
    status: (): EngineStatus => ({
      version: slipwayVersion,
      pid: process.pid,
      started: facts.started,
      workspace: facts.workspace,
      database: facts.database,
      schema: currentSchema,
      url: facts.url(),
      windows: facts.windows(),
      runningRuns: facts.runningRuns(),
      silence: facts.silence,
      durability: facts.durability,
      keptAliveBy: facts.keptAliveBy(),
      isWhole: facts.isWhole(),
      warnings: facts.warnings(),
      notes: facts.notes(),
    }),
    check: async () => ({ problems: await facts.check() }),
    checkContents: facts.checkContents,
    // After the answer has left: the caller learns that it was heard.
    stop: () => void setTimeout(facts.stop, 50),
  };
}
