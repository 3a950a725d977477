// What the tests find through their environment: the prepared interpreters, editor and browser, as far as they exist, and
// where they keep what other tools wrote for them.
import { join } from 'node:path';
import { cacheRoot } from './cache.mjs';
import { findChromium } from './chromium.mjs';
import { editorFolder, findEditor } from './editor.mjs';
import { findInferenceModels } from './inference-models.mjs';
import { findPythonEnvironment } from './python-environment.mjs';

/**
 * The variables of everything already prepared, and of clients that report to nobody. What the caller's environment
 * names itself stays as it is.
 */
export function testEnvironment() {
  const found = {
    SLIPWAY_TEST_PYTHON_MLFLOW3: findPythonEnvironment('mlflow3'),
    SLIPWAY_TEST_PYTHON_MLFLOW2: findPythonEnvironment('mlflow2'),
    SLIPWAY_TEST_PYTHON_STATISTICS: findPythonEnvironment('statistics'),
    SLIPWAY_TEST_PYTHON_EVIDENTLY: findPythonEnvironment('evidently'),
    SLIPWAY_TEST_PYTHON_TRACKERS: findPythonEnvironment('trackers'),
    SLIPWAY_TEST_PYTHON_DVC: findPythonEnvironment('dvc'),
    SLIPWAY_TEST_PYTHON_CONTRACTS: findPythonEnvironment('contracts'),
    SLIPWAY_TEST_PYTHON_INFERENCE: findPythonEnvironment('inference'),
    SLIPWAY_TEST_PYTHON_CI: findPythonEnvironment('ci'),
    SLIPWAY_TEST_MODELS: findInferenceModels(),
    SLIPWAY_TEST_KEPT: join(cacheRoot(), 'kept-by-tests'),
    SLIPWAY_TEST_EDITOR: findEditor() && editorFolder(),
    SLIPWAY_TEST_CHROMIUM: findChromium(),
  };
  // MLflow 3.18's telemetry thread takes a variable out of the environment while requests walk through it: now and then
  // a script ends with a KeyError.
  const quiet = { DO_NOT_TRACK: 'true' };
  const missing = Object.entries(found).filter(([name, value]) => value && !process.env[name]);
  return { ...quiet, ...Object.fromEntries(missing) };
}
