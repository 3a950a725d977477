// Which Python files get a lens, and on which line it stands.
import { describe, expect, it } from 'vitest';
import { trainingLine } from '../../src/extension/lens/training-script';

const logs = 'import mlflow\nmlflow.autolog()\n';
const fits = "from sklearn.svm import SVC\n\nif __name__ == '__main__':\n    SVC().fit(x, y)\n";

describe('the line of a training script', () => {
  it.each([
    ['the first statement of one that logs', logs, 0],
    ['below comments', `#!/usr/bin/env python\n# About it.\n${logs}`, 2],
    ['below a docstring of one line', `'''About it.'''\n${logs}`, 1],
    ['below a docstring of several lines, not inside it', `"""About it.\n\nImport nothing.\n"""\n${logs}`, 4],
    ['its main part', fits, 2],
    ['of one that prints metric lines', 'import json\nprint(json.dumps({"step": 1, "loss": 2}))\n', 0],
    [
      'also over several lines',
      "import json\nfor i in x:\n    row = {\n        'step': i}\n    print(json.dumps(row))\n",
      0,
    ],
    ['also made by dict()', 'from json import dumps\nsys.stdout.write(dumps(dict(step=1, loss=2)))\n', 0],
    ['also written by hand', `x = 1\nprint(f'{{"step": {x}, "loss": {x}}}', flush=True)\n`, 0],
    ['also with escapes', 'x = 1\nprint("{\\"step\\": %d, \\"loss\\": 1}" % x)\n', 0],
    ['its main part also when it logs', `${logs}if __name__ == "__main__":\n    main()\n`, 2],
  ])('%s', (_where, text, line) => {
    expect(trainingLine(text)).toBe(line);
  });

  it.each([
    ['one that only imports the client', 'import mlflow\n'],
    ['one that only defines how to fit', 'def fit(x):\n    return model.fit(x)\n'],
    ['one that only keeps a step', 'import json\nstate = {"step": 1}\njson.dump(state, open("state.json", "w"))\n'],
    ['one that only reads a step', 'import json\nprint(json.loads(line)["step"])\n'],
    ['one that prints other JSON', 'import json\nprint(json.dumps({"steps": 3, "loss": 1}))\n'],
    ['an empty file', ''],
  ])('%s has none', (_which, text) => {
    expect(trainingLine(text)).toBeUndefined();
  });
});
