// Who the engine acts for: the user of this machine it runs as.
import { userInfo } from 'node:os';

/** The user's name, or `unknown` where the system has none for them. */
export function localUser(): string {
  try {
    return userInfo().username || 'unknown';
  } catch {
    // A container may run under a number that has no entry among the users.
    return process.env.USER ?? process.env.USERNAME ?? 'unknown';
  }
}
