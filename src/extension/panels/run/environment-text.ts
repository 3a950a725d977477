// The environment of a run as a text: what pip can install again, after comments that say where it ran.
import type { RunDetail } from '../../../protocol/run';
import { bytesText, countText } from '../../../protocol/wording';

/** Lines of a requirements file, sorted by name; a comment says what is not known. */
export function environmentText({ name, recording }: RunDetail): string {
  if (recording === null) return `# The environment of ${name} is not known: it was not recorded.\n`;
  const { host, environment } = recording;
  const comments = [
    `${name}, on ${host.hostname}`,
    `${host.platform} ${host.arch}, ${host.cpu}, ${countText(host.cores, 'core')}, ${bytesText(host.memory)} memory`,
    environment?.interpreter ? `Python ${environment.version}, ${environment.interpreter}` : '',
    environment === null ? 'Its packages are not known.' : (environment.problem ?? ''),
  ];
  const packages = [...(environment?.packages ?? [])].sort((a, b) => a.name.localeCompare(b.name));
  const lines = [
    ...comments.filter(Boolean).map((comment) => `# ${comment}`),
    ...packages.map((each) => `${each.name}==${each.version}`),
  ];
  return `${lines.join('\n')}\n`;
}
