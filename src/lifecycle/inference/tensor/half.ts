// Numbers of 16 bits, which are handed to onnxruntime and back as their bits.

const view = new DataView(new ArrayBuffer(8));

/** The value of a float16 (IEEE 754 binary16) from its bits. */
export function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** The bits of the float16 that is nearest to `value`, ties to even, as numpy's `float16(value)` has them. */
export function numberToHalf(value: number): number {
  view.setFloat64(0, value);
  const sign = (view.getUint8(0) & 0x80) << 8;
  if (Number.isNaN(value)) return 0x7e00;
  const size = Math.abs(value);
  if (size >= 65520) return sign | 0x7c00;
  if (size < 2 ** -14) return sign | roundedToEven(size * 2 ** 24);
  const exponent = Math.floor(Math.log2(size));
  const exact = size >= 2 ** (exponent + 1) ? exponent + 1 : size < 2 ** exponent ? exponent - 1 : exponent;
  const fraction = roundedToEven((size / 2 ** exact - 1) * 1024);
  // A fraction that rounds up to 1024 carries into the exponent, which is where the next number lies.
  return sign | (((exact + 15) << 10) + fraction);
}

function roundedToEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  if (rest > 0.5 || (rest === 0.5 && below % 2 === 1)) return below + 1;
  return below;
}
