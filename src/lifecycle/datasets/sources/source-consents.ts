// Which commands of slipway.yaml may run here: those that somebody on this machine saw and agreed to. What comes with a
// folder, a bundle or a copied database asks first.
import { SlipwayError } from '../../../base/errors';
import { sign, signatureOf } from '../../../platform/files/machine-key';
import type { DatasetDefinition } from '../../../protocol/datasets/dataset';
import type { DatasetCommand } from '../../../protocol/datasets/schedule/schedule';
import type { DatasetsContext } from '../context';
import { commandFingerprint } from './source-fingerprint';
import { hasConsent, putConsent } from './store/consent-store';

/** The consents of one workspace. */
export class SourceConsents {
  readonly #context: Pick<DatasetsContext, 'database' | 'folder' | 'actor' | 'now'>;

  constructor(context: Pick<DatasetsContext, 'database' | 'folder' | 'actor' | 'now'>) {
    this.#context = context;
  }

  /** The command that makes a dataset, and whether it may run; null where no command does. */
  commandOf(definition: DatasetDefinition): DatasetCommand | null {
    const fingerprint = commandFingerprint(definition);
    const { source } = definition;
    if (fingerprint === undefined || source === undefined || !('command' in source)) return null;
    return { text: source.command, fingerprint, isAllowed: this.has(fingerprint) };
  }

  /** Whether somebody agreed here to what is called so. */
  has(fingerprint: string): boolean {
    const signature = signatureOf(this.#text(fingerprint));
    return signature !== undefined && hasConsent(this.#context.database, signature);
  }

  /** Somebody saw what is called so and agreed. Throws SlipwayError `read-only` where that cannot be kept. */
  give(dataset: string, fingerprint: string): void {
    const { database, actor, now } = this.#context;
    putConsent(database, { signature: sign(this.#text(fingerprint)), dataset, actor, time: now() });
  }

  /** Who registers a command has written it. Where that cannot be kept, the next refresh asks. */
  giveWriter(dataset: string, definition: DatasetDefinition): void {
    const command = this.commandOf(definition);
    if (command === null) return;
    try {
      this.give(dataset, command.fingerprint);
    } catch (error) {
      if (!SlipwayError.is(error, 'read-only')) throw error;
    }
  }

  /** Throws SlipwayError `conflict` where the command is not the one that was seen. */
  allow(dataset: string, definition: DatasetDefinition, seen: string): void {
    if (this.commandOf(definition)?.fingerprint !== seen) {
      const sentence = `The command of ${dataset} was not allowed: it is another one by now. Look at it again.`;
      throw new SlipwayError('conflict', sentence);
    }
    this.give(dataset, seen);
  }

  /** Throws SlipwayError `forbidden` for a command that nobody agreed to. */
  require(dataset: string, definition: DatasetDefinition): void {
    const command = this.commandOf(definition);
    if (command === null || command.isAllowed) return;
    const sentence = `${dataset} was not read: it is made by a command that nobody has allowed on this machine yet: ${command.text}. To allow it, refresh ${dataset} in the editor, or use \`slipway dataset refresh ${dataset} --allow-command\`.`;
    throw new SlipwayError('forbidden', sentence);
  }

  /** What was agreed to holds for one folder: a copy of it asks again. */
  #text(fingerprint: string): string {
    return JSON.stringify([this.#context.folder, fingerprint]);
  }
}
