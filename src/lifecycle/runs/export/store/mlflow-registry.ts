// The registry in a tracking database of MLflow: models with their versions, tags, aliases and stages.
import { type Database, explain } from '../../../../platform/sqlite/database';
import { prepared } from '../../../../platform/sqlite/prepared';
import type { SourceReport } from '../../import/source-report';

/** A row of one of the registry's tables, with its values as SQLite holds them. */
export type RegistryRow = readonly [table: string, row: Readonly<Record<string, unknown>>];

/** `path` is told in errors; `addressOf` says where MLflow finds files that lay at an address here. */
export interface MlflowRegistryParts {
  file: Database;
  path: string;
  report: SourceReport;
  addressOf: (address: string) => string;
}

const longest = { name: 256, text: 5000, address: 500 };

/** Writes one registered model from its rows, the model's own first. Returns how many versions it has. */
export function writeRegistered(rows: Iterable<RegistryRow>, parts: MlflowRegistryParts): number {
  const writer = new RegistryWriter(parts);
  for (const [table, row] of rows) writer.write(table, row);
  return writer.versions;
}

class RegistryWriter {
  readonly #parts: MlflowRegistryParts;
  readonly #active = new Set<unknown>();
  #name = '';

  constructor(parts: MlflowRegistryParts) {
    this.#parts = parts;
  }

  get versions(): number {
    return this.#active.size;
  }

  write(table: string, row: Readonly<Record<string, unknown>>): void {
    const { version } = row;
    if (table === 'registered_models') {
      this.#name = this.#cut(row.name, longest.name, 'names of registered models');
      const times = [row.creation_time, row.last_update_time];
      this.#add('registered_models', [this.#name, ...times, this.#description(row)]);
    } else if (table === 'registered_model_tags') {
      this.#add('registered_model_tags', [row.key, this.#text(row.value), this.#name]);
    } else if (table === 'model_versions' && row.deleted_time === null) {
      this.#active.add(version);
      this.#version(row);
    } else if (table === 'model_version_tags' && this.#active.has(version)) {
      this.#add('model_version_tags', [row.key, this.#text(row.value), this.#name, version]);
    } else if (table === 'model_aliases') {
      this.#add('registered_model_aliases', [row.alias, version, this.#name]);
    } else if (table === 'registry_events') {
      this.#parts.report.leave(
        'moves of model versions',
        'MLflow keeps no history; `slipway export` without --to takes them along',
      );
    }
  }

  #version(row: Readonly<Record<string, unknown>>): void {
    const { addressOf } = this.#parts;
    const [source, storage] = [addressOf(String(row.source)), addressOf(String(row.storage_location))];
    this.#add('model_versions', [
      this.#name,
      row.version,
      row.creation_time,
      row.last_update_time,
      this.#description(row),
      null,
      row.stage,
      this.#cut(source, longest.address, 'addresses of model versions'),
      row.run_id || null,
      'READY',
      null,
      row.run_link || null,
      this.#cut(storage, longest.address, 'addresses of model versions'),
    ]);
  }

  #description({ description }: Readonly<Record<string, unknown>>): string | null {
    return description === null ? null : this.#text(description);
  }

  #text(value: unknown): string {
    return this.#cut(value, longest.text, 'descriptions and tags of registered models');
  }

  #cut(value: unknown, most: number, what: string): string {
    const whole = String(value ?? '');
    if (whole.length <= most) return whole;
    this.#parts.report.leave(`ends of ${what}`, `MLflow keeps ${most} characters`);
    return Array.from(whole).slice(0, most).join('');
  }

  #add(table: string, values: readonly unknown[]): void {
    const { file, path } = this.#parts;
    const places = values.map(() => '?').join(', ');
    try {
      prepared<unknown[], unknown>(file, `INSERT INTO ${table} VALUES (${places})`).run(...values);
    } catch (error) {
      throw explain(error, path);
    }
  }
}
