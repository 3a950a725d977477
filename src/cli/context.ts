// What every verb gets: where it works, how it talks to the engine, and how it prints.

import { exactJson } from '../base/exact-json';
import { EngineClient } from '../client/engine-client';
import { type EnsureOptions, ensureEngine } from '../client/ensure-engine';
import { requireWorkspace } from '../client/workspace';
import type { WorkspaceLayout } from '../protocol/folder/layout';

/** The options every verb takes. */
export interface CommonOptions {
  workspace?: string;
  json?: boolean;
}

/** One invocation of a verb. */
export class CliContext {
  readonly ensureOptions: EnsureOptions;

  constructor(ensureOptions: EnsureOptions) {
    this.ensureOptions = ensureOptions;
  }

  /** The workspace the verb works in. Throws SlipwayError `no-workspace` naming `slipway init`. */
  layout(options: CommonOptions): WorkspaceLayout {
    return requireWorkspace(options.workspace, process.cwd());
  }

  /** A client of the workspace's engine, which is started when there is none. */
  async client(options: CommonOptions): Promise<EngineClient> {
    return new EngineClient(await ensureEngine(this.layout(options).root, this.ensureOptions));
  }

  /** Prints the verb's answer: one JSON value with `--json`, else `text`. Nothing else goes to stdout. */
  print(options: CommonOptions, value: unknown, text: string): void {
    process.stdout.write(
      options.json ? `${exactJson(value)}\n` : text.endsWith('\n') || text === '' ? text : `${text}\n`,
    );
  }
}
