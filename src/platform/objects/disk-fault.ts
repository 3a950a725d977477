// A full or read-only disk is the user's to mend, so it is told in words and not as a system code.
import { SlipwayError, systemCodeOf } from '../../base/errors';

/** The SlipwayError for a disk that is full or cannot be written below `folder`; any other error as it is. */
export function explainDiskFault(error: unknown, folder: string): unknown {
  switch (systemCodeOf(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new SlipwayError(
        'too-large',
        `The disk that holds ${folder} is full; nothing was saved. Free some space.`,
        {
          cause: error,
        },
      );
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
