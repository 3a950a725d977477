// The run's artifacts as a tree that opens one folder at a time.
import { memo, useState } from 'react';
import type { ArtifactEntry, Page } from '../../../src/protocol/run';
import { bytesText, countText } from '../../../src/protocol/wording';
import { Link } from '../../kit/controls';
import { Icon } from '../../kit/icon';
import { useHost, useLive } from '../../kit/live';
import { Section } from '../../kit/section';

/** Files VS Code shows by itself: text, and images in its own preview. */
const readable =
  /(^|\/)(MLmodel|Dockerfile|requirements[^/]*)$|\.(txt|log|md|json|jsonl|ya?ml|csv|tsv|py|ipynb|toml|ini|cfg|sh|html|xml|svg|png|jpe?g|gif|webp|bmp|ico|diff|patch|sql|r|js|ts|css)$/i;

/** Files of one folder that are shown. */
const mostShown = 1000;

/** Everything below the run's artifact root. */
export const Files = memo(function Files({ runId }: { runId: string }) {
  const live = useEntries(runId, '');
  const entries = live.value?.items ?? [];
  const answer = live.error !== undefined && live.value === undefined ? live.error.message : filesWords(entries);
  return (
    <Section title="Files" answer={live.value === undefined && live.error === undefined ? undefined : answer}>
      {entries.length > 0 && (
        <ul className="files" aria-label="Files">
          <Entries runId={runId} entries={entries} depth={0} />
          <Rest page={live.value} />
        </ul>
      )}
    </Section>
  );
});

function useEntries(runId: string, path: string) {
  return useLive<Page<ArtifactEntry>>({
    key: `${runId} ${path}`,
    rest: 2000,
    load: (host, signal) => host.query('artifacts.list', { runId, path, limit: mostShown }, signal),
  });
}

function Entries({ runId, entries, depth }: { runId: string; entries: readonly ArtifactEntry[]; depth: number }) {
  return entries.map((entry) =>
    entry.isDirectory ? (
      <FolderRow key={entry.path} runId={runId} entry={entry} depth={depth} />
    ) : (
      <FileRow key={entry.path} entry={entry} depth={depth} />
    ),
  );
}

function FolderRow({ runId, entry, depth }: { runId: string; entry: ArtifactEntry; depth: number }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <li>
      <button
        type="button"
        className="file-row"
        style={indent(depth)}
        onClick={() => setOpen(!isOpen)}
        aria-expanded={isOpen}
      >
        <Icon name={isOpen ? 'down' : 'right'} />
        <span className="cut">{nameOf(entry)}</span>
      </button>
      {isOpen && <FolderEntries runId={runId} path={entry.path} depth={depth + 1} />}
    </li>
  );
}

function FolderEntries({ runId, path, depth }: { runId: string; path: string; depth: number }) {
  const live = useEntries(runId, path);
  if (live.value === undefined) return live.error === undefined ? null : <p className="note">{live.error.message}</p>;
  return (
    <ul>
      <Entries runId={runId} entries={live.value.items} depth={depth} />
      <Rest page={live.value} />
    </ul>
  );
}

/** Said where a folder holds more than is shown. */
function Rest({ page }: { page: Page<ArtifactEntry> | undefined }) {
  if (page === undefined || page.next === null) return null;
  return <li className="note">The first {mostShown.toLocaleString('en-US')} are shown.</li>;
}

function FileRow({ entry, depth }: { entry: ArtifactEntry; depth: number }) {
  const host = useHost();
  const name = nameOf(entry);
  return (
    <li className="file-row" style={indent(depth)} title={entry.path}>
      <span className="file-gap" aria-hidden="true" />
      <span className="cut">{name}</span>
      <span className="number quiet">{entry.size === null ? '–' : bytesText(entry.size)}</span>
      <span className="file-acts">
        {readable.test(entry.path) && (
          <Link label="Open" about={name} onAct={() => void host.command('artifact.open', { path: entry.path })} />
        )}
        <Link label="Save As…" about={name} onAct={() => void host.command('artifact.save', { path: entry.path })} />
      </span>
    </li>
  );
}

function indent(depth: number): { paddingLeft: number } {
  return { paddingLeft: depth * 16 };
}

function nameOf({ path }: ArtifactEntry): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function filesWords(entries: readonly ArtifactEntry[]): string {
  if (entries.length === 0) return 'none logged';
  const folders = entries.filter(({ isDirectory }) => isDirectory).length;
  const bytes = entries.reduce((sum, { size }) => sum + (size ?? 0), 0);
  const parts = [
    folders === 0 ? '' : countText(folders, 'folder'),
    entries.length === folders ? '' : `${countText(entries.length - folders, 'file')}, ${bytesText(bytes)}`,
  ];
  return parts.filter(Boolean).join(', ');
}
