// Everything about registered models in the editor but their panels, put together: the view, the commands, the gates as tests.
import { type Disposable, DisposableStore } from '../../base/disposable';
import { InterruptedGates } from './commands/interrupted-gates';
import { registerRegistryCommands } from './commands/register-registry-commands';
import type { RegistryTools } from './registry-tools';
import { GateTests } from './tests/gate-tests';
import { ModelsView, type ModelsViewOptions } from './tree/models-view';

/** Lives until disposed of. */
export class Registry implements Disposable {
  readonly #store = new DisposableStore();

  constructor(options: Omit<RegistryTools, 'view' | 'interrupted'> & ModelsViewOptions) {
    const view = this.#store.add(new ModelsView(options));
    this.#store.add(new GateTests(options));
    const interrupted = this.#store.add(new InterruptedGates(options.memory));
    this.#store.add(registerRegistryCommands({ ...options, view, interrupted }));
  }

  dispose(): void {
    this.#store.dispose();
  }
}
