// The history of the registry. The table refuses to be changed; it only grows.
import type { Database, Statement } from '../../../platform/sqlite/database';
import type { AuditLog } from '../../../workspace/audit/audit-log';
import type { RegistryEvent } from '../registry-event';

/** By what rule a move was let through: models without gates move freely. */
const gate = 'ungated';

/** Remembers moves, in the audit log too; call it inside the transaction that makes them. */
export class RegistryLog {
  readonly #insert: Statement;
  readonly #audit: AuditLog;

  constructor(database: Database, audit: AuditLog) {
    this.#audit = audit;
    this.#insert = database.prepare(
      `INSERT INTO registry_events (time, actor, move, model, model_name, version, alias, from_value, to_value, gate)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
  }

  /** Adds one move, made by `actor` at `time` (epoch milliseconds). */
  add(event: RegistryEvent, actor: string, time: number): void {
    const { move, model, modelName, version = null, alias = null, from, to } = event;
    this.#insert.run(time, actor, move, model, modelName, version, alias, from, to, gate);
    const subject = version === null ? modelName : `${modelName}@${version}`;
    const detail = { ...(alias === null ? {} : { alias }), from, to, gate };
    this.#audit.add({ actor, action: move, subject, detail }, time);
  }
}
