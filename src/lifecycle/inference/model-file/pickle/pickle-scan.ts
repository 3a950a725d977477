// Names that a pickle would import, found without loading it.
import { basename } from 'node:path';
import { gunzipSync, inflateSync } from 'node:zlib';
import { SlipwayError } from '../../../../base/errors';
import type { PickleScan } from '../../../../protocol/inference/file/pickle-scan';
import { type ByteSource, bytesInMemory, withBytesOf } from '../wire/byte-source';
import { MalformedBytes } from '../wire/wire-reader';
import { judgedGlobal } from './global-judgement';
import { PickleBytes } from './pickle-bytes';
import { PickleMachine } from './pickle-machine';

/** What unpacks to more is not looked into. */
const mostUnpacked = 2 ** 30;

/** Of the file at `path`. Throws SlipwayError `not-found`, and `invalid` when it is no pickle. */
export function scanPickle(path: string): PickleScan {
  return withBytesOf(path, (source) => {
    const { scan, isPickle } = scanned(unpacked(path, source));
    if (!isPickle)
      throw new SlipwayError(
        'invalid',
        `${basename(path)} is no pickle${scan.trouble === null ? '' : `: ${scan.trouble}`}.`,
      );
    return { ...scan, bytes: source.size };
  });
}

/** joblib packs with zlib, and people with gzip. */
function unpacked(path: string, source: ByteSource): ByteSource {
  const head = source.read(0, Math.min(6, source.size));
  const starts = (...bytes: number[]): boolean => bytes.every((byte, at) => head[at] === byte);
  const options = { maxOutputLength: mostUnpacked };
  try {
    if (starts(0x1f, 0x8b)) return bytesInMemory(gunzipSync(source.read(0, source.size), options));
    if (starts(0x78) && head[1] !== 0x0a) return bytesInMemory(inflateSync(source.read(0, source.size), options));
  } catch {
    throw new SlipwayError('invalid', `${basename(path)} is packed, and damaged or larger than 1 GB when unpacked.`);
  }
  if (starts(0x50, 0x4b, 3, 4))
    throw new SlipwayError(
      'invalid',
      `${basename(path)} is a ZIP archive, as torch.save writes it: unpack it and scan the data.pkl within.`,
    );
  if (
    starts(0x42, 0x5a, 0x68) ||
    starts(0xfd, 0x37, 0x7a) ||
    starts(0x28, 0xb5, 0x2f, 0xfd) ||
    starts(4, 0x22, 0x4d, 0x18)
  )
    throw new SlipwayError('invalid', `${basename(path)} is packed (bzip2, xz, zstd or lz4): unpack it first.`);
  return source;
}

function scanned(source: ByteSource): { scan: PickleScan; isPickle: boolean } {
  const names = new Set<string>();
  const protocols: number[] = [];
  const bytes = new PickleBytes(source);
  let trouble: string | null = null;
  let machine: PickleMachine | null = null;
  try {
    while (!bytes.isAtEnd) {
      machine = new PickleMachine(bytes, (name) => names.add(name));
      machine.run();
      protocols.push(machine.protocol);
    }
  } catch (error) {
    if (!(error instanceof MalformedBytes)) throw error;
    trouble = `${error.reason} at byte ${error.offset.toLocaleString('en-US')}`;
  }
  const globals = [...names].sort().map(judgedGlobal);
  const isPickle = protocols.length > 0 || (machine?.protocol ?? 0) >= 2 || names.size > 0;
  return { scan: { bytes: source.size, protocols, globals, trouble }, isPickle };
}
