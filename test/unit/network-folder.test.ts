// A folder whose files another computer keeps is known by the kernel's list of mounts.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { networkKindOf } from '../../src/platform/files/network-folder';

let folder: string;
let mounts: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-mounts-'));
  mounts = join(folder, 'mountinfo');
});
afterEach(() => rmSync(folder, { recursive: true }));

const lines = [
  '22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw',
  '30 22 0:40 / /home rw,relatime shared:2 master:1 - nfs4 server:/home rw,vers=4.2',
  '31 22 0:41 / /home/me/local rw,relatime - xfs /dev/sdb1 rw',
  '32 22 0:42 / /mnt/c rw,noatime - 9p C:\\134 rw,aname=drvfs',
  '33 22 0:43 / /data/of\\040all rw - fuse.sshfs host:/data rw',
  '34 22 0:44 / /data/disk rw - fuse.ntfs-3g /dev/sdc1 rw',
  '35 22 0:45 / /twice rw - cifs //server/share rw',
  '36 35 0:46 / /twice rw - tmpfs none rw',
].join('\n');

describe('a folder on another computer', () => {
  it.each([
    ['/home/me/project', 'nfs4'],
    ['/home', 'nfs4'],
    ['/homes/me', undefined],
    ['/home/me/local/project', undefined],
    ['/mnt/c/Users/me', '9p'],
    ['/data/of all/project', 'sshfs'],
    ['/data/disk/project', undefined],
    ['/twice/project', undefined],
    ['/srv', undefined],
    ['\\\\server\\share\\project', 'a network share'],
  ])('%s: %s', (place, kind) => {
    writeFileSync(mounts, `${lines}\n`);
    expect(networkKindOf(place, mounts)).toBe(kind);
  });

  it('is not claimed where there is no such list', () => {
    expect(networkKindOf('/home/me', join(folder, 'none'))).toBe(undefined);
  });
});
