// Debian packages that npm cannot bring. As root they are installed; otherwise the one command is printed.
import { findProgram, run, StepError, succeeds } from './shell.mjs';

/** Makes sure that the Debian packages are there; `purpose` completes "… needs". Elsewhere than on Debian: no-op. */
export async function ensureSystemPackages(packages, purpose) {
  if (!findProgram('dpkg-query')) return;
  const missing = packages.filter((name) => !isInstalled(name));
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0) {
    throw new StepError(
      `${purpose} needs Debian packages that are missing. Run: sudo apt-get install -y ${missing.join(' ')}`,
    );
  }
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const says = `Installing the Debian packages ${missing.join(' ')} failed.`;
  const install = ['-o', 'DPkg::Lock::Timeout=300', 'install', '-y', '--no-install-recommends', ...missing];
  try {
    await run('apt-get', install, { env, says });
  } catch {
    await run('apt-get', ['-o', 'DPkg::Lock::Timeout=300', 'update'], { env, says: 'apt-get update failed.' });
    await run('apt-get', install, { env, says });
  }
}

function isInstalled(name) {
  return succeeds('sh', ['-c', `dpkg-query -W -f '\${Status}' ${name} 2>/dev/null | grep -q 'install ok installed'`]);
}
