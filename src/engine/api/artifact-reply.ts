// How an artifact's bytes leave the engine: streamed, as an attachment, whole or the part that was asked for.
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { StoredArtifact } from '../../lifecycle/runs/artifacts/artifact-store';

/** Extensions sent as plain text, as MLflow's server does; others by the table below. */
const textual = new Set(
  `txt log err cfg conf cnf cf ini properties prop hocon toml yaml yml xml json js py py3 csv tsv md rst mlmodel mlproject`.split(
    ' ',
  ),
);
const types: Readonly<Record<string, string>> = {
  html: 'text/html',
  htm: 'text/html',
  css: 'text/css',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  svg: 'image/svg+xml',
  bmp: 'image/bmp',
  pdf: 'application/pdf',
  zip: 'application/zip',
  gz: 'application/gzip',
  tar: 'application/x-tar',
  wav: 'audio/x-wav',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
  ipynb: 'application/x-ipynb+json',
};

/**
 * Sends `artifact` under the last part of `path` as its name; 206 for a range, 416 for one beyond its end. Throws
 * SlipwayError `damaged`, with nothing sent, when its content is gone.
 */
export async function sendArtifact(
  request: FastifyRequest,
  reply: FastifyReply,
  { artifact, path }: { artifact: StoredArtifact; path: string },
): Promise<FastifyReply> {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const range = rangeOf(request.headers.range, artifact.size);
  // Before any header: a failure is answered in JSON, whose type and length are its own.
  const body = range === 'beyond' ? undefined : await artifact.open(range);
  reply
    .header('Content-Type', contentType(name))
    .header('Content-Disposition', disposition(name))
    .header('X-Content-Type-Options', 'nosniff')
    .header('Accept-Ranges', 'bytes');
  if (range === 'beyond') {
    return reply.code(416).header('Content-Range', `bytes */${artifact.size}`).type('text/plain').send('');
  }
  const length = range === undefined ? artifact.size : range.end - range.start + 1;
  reply.header('Content-Length', length);
  if (range !== undefined) {
    reply.code(206).header('Content-Range', `bytes ${range.start}-${range.end}/${artifact.size}`);
  }
  return reply.send(body);
}

/** The MIME type for a file name; unknown ones are `application/octet-stream`. */
function contentType(name: string): string {
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  if (textual.has(extension)) return 'text/plain';
  return types[extension] ?? 'application/octet-stream';
}

/** One range of `size` bytes; undefined for none, or several, or a form we do not know: then all is sent. */
function rangeOf(header: string | undefined, size: number): { start: number; end: number } | 'beyond' | undefined {
  const parts = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (parts === null || (parts[1] === '' && parts[2] === '')) return undefined;
  const start = parts[1] === '' ? Math.max(0, size - Number(parts[2])) : Number(parts[1]);
  const end = parts[1] === '' || parts[2] === '' ? size - 1 : Math.min(Number(parts[2]), size - 1);
  if (start >= size) return 'beyond';
  return start > end ? undefined : { start, end };
}

/** The name as RFC 6266 has it, with one in ASCII for those who know no other, in the form in which MLflow writes both. */
function disposition(name: string): string {
  const ascii = name.normalize('NFKD').replace(/[^\x20-\x7e]/g, '') || 'download';
  const isToken = /^[\w!#$%&'*+.^`|~-]+$/.test(ascii);
  const plain = isToken ? ascii : `"${ascii.replace(/["\\]/g, '\\$&')}"`;
  if (ascii === name) return `attachment; filename=${plain}`;
  const exact = encodeURIComponent(name)
    .replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/%(?:2[1346B]|5E|60|7C)/g, decodeURIComponent);
  return `attachment; filename=${plain}; filename*=UTF-8''${exact}`;
}
