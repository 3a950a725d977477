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

/**
 * The float16 `value` as numpy's `str` writes it up to version 2.2: the fewest digits to which no other float16 is nearer, with
 * an exponent below 1e-4 alone.
 */
export function halfText(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const bits = numberToHalf(value);
  const shorter = [1, 2, 3, 4, 5].flatMap((digits) => ofDigits(value, digits));
  const short = shorter.find((each) => numberToHalf(each) === bits) ?? value;
  if (Math.abs(value) < 1e-4) return short.toExponential().replace(/-(\d)$/, '-0$1');
  return Number.isInteger(short) ? `${short}.0` : String(short);
}

/** The nearest number of so many digits; of two that are as near both, the even one first. */
function ofDigits(value: number, digits: number): number[] {
  const rounded = Number(value.toPrecision(digits));
  const [mantissa = '', exponent = ''] = value.toExponential(40).replace('.', '').split('e');
  const end = mantissa.length - 41 + digits;
  const isTie = /^50*$/.test(mantissa.slice(end)) && Number(mantissa[end - 1]) % 2 === 0;
  return isTie ? [Number(`${mantissa.slice(0, end)}e${Number(exponent) - digits + 1}`), rounded] : [rounded];
}

function roundedToEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  if (rest > 0.5 || (rest === 0.5 && below % 2 === 1)) return below + 1;
  return below;
}
