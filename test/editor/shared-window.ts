// Opening a window is most of what a test in the editor costs. Tests that ask nothing of a fresh one share it.
import { afterAll, afterEach, beforeEach } from 'vitest';
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
 * after the last. Each test begins without open editors; what else it changed it puts back itself. After a test that
 * failed, the next one gets a project and a window that nobody has used.
 */
export function sharedWindow<P extends AnyProject>(
  make: () => P | Promise<P>,
  options: () => EditorOptions = () => ({}),
): SharedWindow<P> {
  let project: P | undefined;
  let editor: Editor | undefined;
  const leave = async (): Promise<void> => {
    await editor?.[Symbol.asyncDispose]();
    await project?.[Symbol.asyncDispose]();
    editor = undefined;
    project = undefined;
  };
  beforeEach(async () => {
    if (editor === undefined) {
      project = await make();
      editor = await Editor.open({ ...options(), folder: project.root });
    } else {
      await editor.page.keyboard.press('Escape');
      await editor.closeEditors();
    }
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await leave();
  });
  afterAll(leave);
  return {
    get project() {
      return opened(project);
    },
    get editor() {
      return opened(editor);
    },
  };
}

function opened<T>(thing: T | undefined): T {
  if (thing === undefined) throw new Error('The window is there only while a test runs.');
  return thing;
}
