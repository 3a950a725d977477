// Who decides or registers, as a request says it.
import { SlipwayError } from '../../base/errors';
import { identityHeader, personIdentity } from '../../protocol/models/registry/model-version';
import { gitIdentity } from './git-identity';

/** git's `user.email` in `folder`; null where git has none, or one that is no address. */
export async function knownIdentity(folder: string): Promise<string | null> {
  return personIdentity.safeParse(await gitIdentity(folder)).data ?? null;
}

/** The same. Throws SlipwayError `invalid`, with what to do, where there is none. */
export async function requireIdentity(folder: string): Promise<string> {
  const said = await gitIdentity(folder);
  const identity = personIdentity.safeParse(said).data;
  if (identity !== undefined) return identity;
  const what =
    said === null ? 'git does not know who you are here' : `git says that you are ${said}, which is no address`;
  throw new SlipwayError('invalid', `${what}. Every decision has a name: git config user.email you@example.com`);
}

/** What a request carries that makes a version; nothing where nobody is known. */
export function identityHeaders(identity: string | null): Record<string, string> {
  return identity === null ? {} : { [identityHeader]: encodeURI(identity) };
}
