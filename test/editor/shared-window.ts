// Opening a window is most of what a test in the editor costs. Tests that ask nothing of a fresh one share it.
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { Editor, type EditorOptions } from './harness';

/** A project on disk that is removed when it is disposed. */
interface AnyProject extends AsyncDisposable {
  root: string;
}

/** What the tests of one `describe` block share. */
export interface SharedWindow<P extends AnyProject> {
  readonly project: P;
  readonly editor: Editor;
}

/**
 * One project and one window for all tests of the `describe` block this is called in: opened before the first, left
 * after the last. Each test begins without open editors; what else it changed it puts back itself.
 */
export function sharedWindow<P extends AnyProject>(
  make: () => P | Promise<P>,
  options: () => EditorOptions = () => ({}),
): SharedWindow<P> {
  let project: P;
  let editor: Editor;
  let isFresh = true;
  beforeAll(async () => {
    project = await make();
    editor = await Editor.open({ ...options(), folder: project.root });
  });
  beforeEach(async () => {
    if (!isFresh) {
      await editor.page.keyboard.press('Escape');
      await editor.runCommand('View: Close All Editors');
    }
    isFresh = false;
  });
  afterAll(async () => {
    await editor?.[Symbol.asyncDispose]();
    await project?.[Symbol.asyncDispose]();
  });
  return {
    get project() {
      return project;
    },
    get editor() {
      return editor;
    },
  };
}
