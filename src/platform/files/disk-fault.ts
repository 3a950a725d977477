// A full or read-only disk is the user's to mend, so it is told in words and not as a system code.
import { SlipwayError, systemCodeOf } from '../../base/errors';

const full = ['ENOSPC', 'EDQUOT', 'SQLITE_FULL'];

/** True when the disk, or the share of it that its user may fill, has no room left. */
export function isDiskFull(error: unknown): boolean {
  return full.includes(systemCodeOf(error) ?? '') || SlipwayError.is(error, 'disk-full');
}

/**
 * The SlipwayError for a disk that is full (`disk-full`), fails (`disk-failing`) or cannot be written below `folder`; any
 * other error as it is.
 */
export function explainDiskFault(error: unknown, folder: string): unknown {
  const code = systemCodeOf(error) ?? '';
  if (full.includes(code)) {
    const sentence = `The disk that holds ${folder} is full; nothing was saved. Free some space, then try again.`;
    return new SlipwayError('disk-full', sentence, { cause: error });
  }
  if (code === 'EIO' || code === 'EFBIG' || code.startsWith('SQLITE_IOERR')) {
    const sentence = `The disk that holds ${folder} could not be written (${code}); nothing was saved. Check the disk and its limits, then try again.`;
    return new SlipwayError('disk-failing', sentence, { cause: error });
  }
  switch (code) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new SlipwayError('read-only', `${folder} cannot be written. Check the folder's permissions.`, {
        cause: error,
      });
    case 'ENAMETOOLONG':
      return new SlipwayError('invalid', 'Invalid path: a name in it is longer than the disk allows.', {
        cause: error,
      });
    default:
      return error;
  }
}
