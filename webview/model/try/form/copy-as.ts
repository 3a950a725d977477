// The same prediction elsewhere: on the command line, and in Python.
import type { TensorElement } from '../../../../src/protocol/inference/tensor';
import type { RequestInput } from './request';

/** A command for a shell that knows here-documents. `path` is the model's file. */
export function commandText(path: string, request: string): string {
  return `slipway predict ${quoted(path)} --input - <<'JSON'\n${request}\nJSON\n`;
}

const arrayTypes: Partial<Record<TensorElement, string>> = { string: 'object', bool: 'bool', bfloat16: 'float32' };

/** A script for onnxruntime and numpy. */
export function pythonText(path: string, inputs: readonly RequestInput[]): string {
  const feeds = inputs.map(({ name: input, element, shape, data }) => {
    const type = arrayTypes[element] ?? element;
    return `    ${JSON.stringify(input)}: np.array(json.loads(r'''${data.replaceAll("'", '\\u0027')}'''), dtype="${type}").reshape(${JSON.stringify(shape)}),`;
  });
  return [
    'import json',
    '',
    'import numpy as np',
    'import onnxruntime',
    '',
    `session = onnxruntime.InferenceSession(${JSON.stringify(path)})`,
    'inputs = {',
    ...feeds,
    '}',
    'for output, value in zip(session.get_outputs(), session.run(None, inputs)):',
    '    print(output.name, value)',
    '',
  ].join('\n');
}

function quoted(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
