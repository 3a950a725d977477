// The history of the registry. The table refuses to be changed; it only grows.
import type { Statement } from '../../../platform/sqlite/database';
import type { AuditLog } from '../../../workspace/audit/audit-log';
import type { WorkspaceEvents } from '../../../workspace/events';
import type { ModelsContext } from '../context';
import type { RegistryEvent } from '../registry-event';

/** Who moves something, and by what rule it was let through: models without gates move freely. */
export interface MovedBy {
  actor: string;
  gate?: string;
}

/** Remembers moves, in the audit log too; call it inside the transaction that makes them. */
export class RegistryLog {
  readonly #insert: Statement;
  readonly #audit: AuditLog;
  readonly #events: Pick<WorkspaceEvents, 'modelChanged'>;

  constructor({ database, audit, events }: Pick<ModelsContext, 'database' | 'audit' | 'events'>) {
    this.#audit = audit;
    this.#events = events;
    this.#insert = database.prepare(
      `INSERT INTO registry_events (time, actor, move, model, model_name, version, alias, from_value, to_value, gate)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
  }

  /** Adds one move, made at `time` (epoch milliseconds), and announces it. */
  add(event: RegistryEvent, { actor, gate = 'ungated' }: MovedBy, time: number): void {
    const { move, model, modelName, version = null, alias = null, from, to, author, origin } = event;
    this.#insert.run(time, actor, move, model, modelName, version, alias, from, to, gate);
    const subject = version === null ? modelName : `${modelName}@${version}`;
    const detail = {
      ...(alias === null ? {} : { alias }),
      from,
      to,
      gate,
      model,
      ...(author === undefined ? {} : { author }),
      ...(origin === undefined ? {} : { run_id: origin.runId, storage_location: origin.storageLocation }),
    };
    this.#audit.add({ actor, action: move, subject, detail }, time);
    this.#events.modelChanged(modelName);
    if (move === 'model renamed' && from !== null) this.#events.modelChanged(from);
  }
}
