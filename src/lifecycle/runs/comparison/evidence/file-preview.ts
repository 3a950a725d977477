// One file as a panel can show it: an image whole, a text's beginning. What it is, its first bytes decide.
import type { ByteSource } from '../../../../platform/tables/byte-source';
import type { FilePreview } from '../../../../protocol/comparison/evidence/file-item';
import { bytesText } from '../../../../protocol/wording';

/** An image is sent to the page as text, a third longer than its bytes. */
const largestImage = 8_000_000;
const textBytes = 64_000;
const imageName = /\.(png|jpe?g|gif|webp|bmp|avif)$/i;

/** The first bytes of each kind, as latin-1; AVIF and WebP name themselves behind a length. */
const signatures: readonly { mediaType: string; at: number; text: string }[] = [
  { mediaType: 'image/png', at: 1, text: 'PNG\r\n' },
  { mediaType: 'image/jpeg', at: 0, text: '\u00ff\u00d8\u00ff' },
  { mediaType: 'image/gif', at: 0, text: 'GIF8' },
  { mediaType: 'image/webp', at: 8, text: 'WEBP' },
  { mediaType: 'image/bmp', at: 0, text: 'BM' },
  { mediaType: 'image/avif', at: 4, text: 'ftypavif' },
];

/** Reads no more of the file than is shown. */
export async function filePreview(source: ByteSource): Promise<FilePreview> {
  const { size, name } = source;
  const head = Buffer.from(await source.read(0, Math.min(size, textBytes)));
  const start = head.toString('latin1', 0, 32);
  const mediaType = /\.svg$/i.test(name)
    ? 'image/svg+xml'
    : signatures.find(({ at, text }) => start.startsWith(text, at) && imageName.test(name))?.mediaType;
  if (mediaType !== undefined) return imageOf(source, mediaType);
  if (imageName.test(name)) {
    const why = size === 0 ? 'It is empty.' : 'Its content is no image of a kind that is known here.';
    return { size, kind: 'not shown', why };
  }
  if (head.includes(0)) return { size, kind: 'not shown', why: `It is no text (${bytesText(size)}).` };
  return { size, kind: 'text', ...textOf(head, size) };
}

async function imageOf(source: ByteSource, mediaType: string): Promise<FilePreview> {
  const { size } = source;
  if (size > largestImage) {
    const why = `It holds ${bytesText(size)}, more than the ${bytesText(largestImage)} that are shown here. Open it instead.`;
    return { size, kind: 'not shown', why };
  }
  const bytes = Buffer.from(await source.read(0, size));
  return { size, kind: 'image', mediaType, base64: bytes.toString('base64'), isCut: isCut(bytes, mediaType) };
}

/** A program that was killed while it drew leaves a file without an end, of which browsers draw what there is, silently. */
function isCut(bytes: Buffer, mediaType: string): boolean {
  if (mediaType === 'image/png') return bytes.lastIndexOf('IEND') < 0;
  if (mediaType === 'image/jpeg') return bytes.lastIndexOf(Buffer.from([0xff, 0xd9])) < 0;
  return mediaType === 'image/webp' && bytes.readUInt32LE(4) + 8 > bytes.length;
}

/** Where it is cut, the last line that is not whole goes too. */
function textOf(head: Buffer, size: number): { text: string; isCut: boolean } {
  const isCut = head.length < size;
  const text = head.toString('utf8').replace(/^\ufeff/, '');
  const end = isCut ? text.lastIndexOf('\n') : -1;
  return { text: end > 0 ? text.slice(0, end) : text, isCut };
}
