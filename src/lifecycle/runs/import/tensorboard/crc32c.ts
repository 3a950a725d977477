// CRC-32C (Castagnoli), which Node has no function for.

const table = new Uint32Array(256).map((_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1;
  return value;
});

/** The checksum of bytes from one place to another as a file of events holds it: rotated and shifted. */
export function maskedCrc32c(bytes: Uint8Array, from = 0, end = bytes.length): number {
  let crc = 0xffffffff;
  for (let at = from; at < end; at += 1) {
    crc = (table[(crc ^ (bytes[at] as number)) & 255] as number) ^ (crc >>> 8);
  }
  crc = ~crc >>> 0;
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}
