// `models:/m-…`, `models:/name/1`, `models:/name/Production`, `models:/name/latest`, `models:/name@alias`.
import { uriParts } from '../../../base/uri';

/** What a models URI names. `newest` without a stage is the newest version of all. */
export type ModelUri =
  | { kind: 'logged'; modelId: string }
  | { kind: 'version'; name: string; version: number }
  | { kind: 'newest'; name: string; stage: string | undefined }
  | { kind: 'alias'; name: string; alias: string };

/** The parts of a models URI; undefined when it is none. */
export function modelUri(uri: string): ModelUri | undefined {
  const { path } = uriParts(uri);
  const [name = '', suffix, ...rest] = path.replace(/^\/+/, '').split('/');
  if (!path.startsWith('/') || name.trim() === '' || rest.length > 0) return undefined;
  if (suffix !== undefined) {
    if (suffix.trim() === '') return undefined;
    if (/^\d+$/.test(suffix)) return { kind: 'version', name, version: Number(suffix) };
    return { kind: 'newest', name, stage: suffix.toLowerCase() === 'latest' ? undefined : suffix };
  }
  const at = name.lastIndexOf('@');
  if (at < 0) return { kind: 'logged', modelId: name };
  const alias = name.slice(at + 1);
  return alias.trim() === '' ? undefined : { kind: 'alias', name: name.slice(0, at), alias };
}
