// What onnxruntime says is wrong, in words that say what to do. Its errors carry no code, so the message decides.
import { messageOf, SlipwayError } from '../../base/errors';

/** A pattern of onnxruntime's words and what it means; `$1`… are the pattern's groups. */
const meanings: readonly (readonly [RegExp, string])[] = [
  [/Protobuf parsing failed/, 'This is not an ONNX model, or the file is cut short.'],
  [/ModelProto does not have a graph/, 'This file holds no graph: it is not an ONNX model, or it is empty.'],
  [
    /Unsupported model IR version: (\d+), max supported IR version: (\d+)/,
    'The model is of IR version $1; this onnxruntime knows versions up to $2. Export it with an older IR version.',
  ],
  [
    /Opset (\d+) is under development.*official support for domain (\S+) is till opset (\d+)/s,
    'The model needs opset $1 of $2; this onnxruntime knows opsets up to $3. Export it with an older opset.',
  ],
  [
    /(?<![\w.:])(?:([\w.]*):)?(\w+)\((-?\d+)\) is not a registered function\/op/,
    'The operator $2 of $1 is not one of onnxruntime’s. Libraries of own operators are not loaded.',
  ],
  [
    /Failed to construct locale with name:\s*([\w.@-]+?)(?=:|\s|$)/,
    'The model compares or changes letters by the rules of $1 (its StringNormalizer), which this machine lacks: `sudo locale-gen $1` adds them on Debian and Ubuntu, or export the model with the locale C.UTF-8.',
  ],
  [
    /Could not find an implementation for (\w+)\((\d+)\)/,
    'onnxruntime has no code on this processor for $1 (version $2) with the element types that the model uses.',
  ],
  [
    /Unexpected input data type\. Actual: \(tensor\((\w+)\)\)\s*,\s*expected: \(tensor\((\w+)\)\)/,
    'An input is of type $1, and the model takes $2.',
  ],
  [
    /Got invalid dimensions for input: (.+?) for the following indices\s+index: (\d+) Got: (\d+) Expected: (\d+)/s,
    'Input $1 has $3 values in dimension $2, and the model takes $4.',
  ],
  [/Invalid rank for input: (\S+) Got: (\d+) Expected: (\d+)/, 'Input $1 has $2 dimensions, and the model takes $3.'],
  [
    /External data path (?:validation failed|escapes).*External data path: "([^"]*)"/s,
    'Its weights are in $1, outside of the model’s folder: that file is not read.',
  ],
  [
    /Failed to allocate memory for requested buffer of size (\d+)/,
    'The model asks for $1 bytes of memory at once, which this machine does not have.',
  ],
  [
    /Non tensor type is temporarily not supported/,
    'The model gives or takes something that is no tensor, which onnxruntime cannot hand over here.',
  ],
  [
    /MLDataType for: tensor\((\w+)\) is not currently registered/,
    'The model takes or gives values of type $1, which cannot be handed over here.',
  ],
  [
    /Unsupported data type: (\d+)/,
    'The model takes or gives values of element type $1 of ONNX (such as float8, int4 or complex), which cannot be handed over here.',
  ],
];

/** The same failure as a SlipwayError `invalid`; what is one already stays as it is. */
export function toldOnnxError(error: unknown): SlipwayError {
  if (SlipwayError.is(error)) return error;
  const message = messageOf(error);
  for (const [pattern, meaning] of meanings) {
    const found = pattern.exec(message);
    if (found === null) continue;
    const sentence = meaning.replace(/\$(\d)/g, (_, group: string) => found[Number(group)] || 'ai.onnx');
    return new SlipwayError('invalid', sentence, { cause: error });
  }
  return new SlipwayError('invalid', `onnxruntime refused: ${bare(message)}`, { cause: error });
}

/** Without the places in onnxruntime's own sources. */
function bare(message: string): string {
  return message
    .replace(/\/onnxruntime_src\/\S+ [^)]*\)( const)? /g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
