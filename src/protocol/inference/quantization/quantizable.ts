// Whether there is anything in a model that onnxruntime's tools can quantize, by what its file says.
import { SlipwayError } from '../../../base/errors';
import { countText } from '../../wording';
import type { ModelOutline, OperatorCount } from '../outline';
import type { EightBitType, QuantizationMethod, QuantizationTerms } from './quantization';

/** Operators with weights that the tools write in 8 bits: those of all methods, and of one. */
const withWeights = ['MatMul', 'Gemm', 'Conv', 'Gather', 'Attention', 'EmbedLayerNormalization'];
const ofMethod: Readonly<Record<QuantizationMethod, readonly string[]>> = {
  dynamic: [...withWeights, 'LSTM'],
  static: [...withWeights, 'ConvTranspose', 'InstanceNormalization', 'LayerNormalization', 'BatchNormalization'],
};

/** Throws SlipwayError `invalid` with why nothing can be quantized, `conflict` where all is already. */
export function requireQuantizable(name: string, outline: ModelOutline, method: QuantizationMethod): void {
  const { operators, blocks } = outline;
  const done = operators.filter((each) =>
    /^(QuantizeLinear|DequantizeLinear|.*Integer|QLinear.*|DynamicQuantize.*)$/.test(each.name),
  );
  if (done.length > 0) {
    throw new SlipwayError(
      'conflict',
      `${name} is quantized already (${kinds(done)}). Quantize the model it was made of.`,
    );
  }
  const wanted = new Set(ofMethod[method]);
  if (!operators.some((each) => wanted.has(each.name))) throw nothing(name, operators, method);
  const types = outline.weights.byType.filter(({ element }) => /^(b?float|double)/.test(element));
  if (types.length > 0 && types.every(({ element }) => !/^float(16|32)$/.test(element))) {
    const names = types.map(({ element }) => element).join(' and ');
    throw new SlipwayError(
      'invalid',
      `There is nothing to quantize in ${name}: its weights are ${names}, and onnxruntime's tools take float32 and float16. Export it with float32 weights.`,
    );
  }
  const [block] = blocks;
  if (block !== undefined)
    throw new SlipwayError('invalid', `${name} does not run here, so it cannot be measured. ${block.text}`);
}

/** Of the file and of those beside it that hold its weights. */
export function modelBytes({ bytes, externalFiles }: ModelOutline): number {
  return externalFiles.reduce((sum, { size }) => sum + (size ?? 0), bytes);
}

/** Older onnxruntimes have no convolution with signed weights for the dynamic method. */
export function usualWeights({ operators }: ModelOutline, method: QuantizationMethod): EightBitType {
  return method === 'dynamic' && operators.some(({ name }) => name === 'Conv') ? 'uint8' : 'int8';
}

/** Throws SlipwayError `invalid` for what onnxruntime cannot do together. */
export function requirePossible({ method, weights, activations }: QuantizationTerms): void {
  if (method === 'static' && weights === 'uint8' && activations === 'int8') {
    throw new SlipwayError(
      'invalid',
      'onnxruntime has no uint8 weights with int8 activations. Say --activations uint8 too.',
    );
  }
}

function nothing(name: string, operators: readonly OperatorCount[], method: QuantizationMethod): SlipwayError {
  const isClassical = operators.some(({ domain }) => domain === 'ai.onnx.ml');
  const why = isClassical
    ? ' Trees and other classical models (ai.onnx.ml) keep their values as attributes, which it leaves alone.'
    : '';
  return new SlipwayError(
    'invalid',
    `There is nothing to quantize in ${name}: onnxruntime's ${method} method writes the weights of ${ofMethod[method].slice(0, 4).join(', ')} ` +
      `and a few more in 8 bits, and its operators are ${kinds(operators)}.${why}`,
  );
}

function kinds(operators: readonly OperatorCount[]): string {
  const [shown, rest] = [operators.slice(0, 8), operators.length - 8];
  const text = shown.map(({ name, count }) => `${count} ${name}`).join(', ');
  return rest > 0 ? `${text} and ${countText(rest, 'more kind', 'more kinds')}` : text;
}
