// Whether a folder lies on another computer: locks and memory that processes share may be missing there.
import { readFileSync } from 'node:fs';

/** File systems, as the kernel names them (those that a program serves without their `fuse.`), whose files another computer keeps. */
const networkKinds = new Set([
  ...[
    '9p',
    'afs',
    'beegfs',
    'ceph',
    'cifs',
    'davfs',
    'drvfs',
    'gcsfuse',
    'glusterfs',
    'gpfs',
    'juicefs',
    'lustre',
    'nfs',
  ],
  ...[
    'nfs4',
    'prl_fs',
    'rclone',
    's3fs',
    'smb3',
    'smbfs',
    'sshfs',
    'vboxsf',
    'vmhgfs',
    'vmhgfs-fuse',
    'weka',
    'wekafs',
  ],
]);

/**
 * The kind of network file system that holds `folder` (an absolute, real path), undefined when it is none or nobody can
 * tell. `mounts`: the kernel's list of what is mounted where (proc(5), mountinfo).
 */
export function networkKindOf(folder: string, mounts = '/proc/self/mountinfo'): string | undefined {
  if (folder.startsWith('\\\\')) return 'a network share';
  const kind = mountKindOf(folder, mounts)?.replace(/^fuse\./, '');
  return kind !== undefined && networkKinds.has(kind) ? kind : undefined;
}

function mountKindOf(folder: string, mounts: string): string | undefined {
  let longest = -1;
  let found: string | undefined;
  for (const line of linesOf(mounts)) {
    const [before = '', after = ''] = line.split(' - ');
    const place = (before.split(' ')[4] ?? '').replace(/\\([0-7]{3})/g, (_, code) =>
      String.fromCharCode(Number.parseInt(code, 8)),
    );
    const isAbove = place === '/' || folder === place || folder.startsWith(`${place}/`);
    // Of two at one place the later one covers the other.
    if (isAbove && place.length >= longest) [longest, found] = [place.length, after.split(' ')[0]];
  }
  return found;
}

function linesOf(path: string): string[] {
  try {
    return readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => line !== '');
  } catch {
    // Only Linux has such a list.
    return [];
  }
}
