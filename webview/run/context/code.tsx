// The code the run used: commit, what differed from it, and the command.
import { memo } from 'react';
import { commandText } from '../../../src/protocol/recording/command-line';
import type { GitSummary, RunDetail } from '../../../src/protocol/run';
import { countText } from '../../../src/protocol/wording';
import { IconButton, Link } from '../../kit/controls';
import { useHost } from '../../kit/host/host-context';
import { Icon } from '../../kit/icon';
import { Section } from '../../kit/section';
import { Fact } from './facts';

const shortCommit = 7;

/** From the recorder where it recorded the run, else from what the MLflow client logged. */
export const Code = memo(function Code({ run }: { run: RunDetail }) {
  const host = useHost();
  const git = run.recording?.git ?? null;
  const hasDiff = git !== null && git.changes.length > 0;
  const acts = hasDiff ? <Link label="Open Diff" onAct={() => void host.command('run.openDiff', null)} /> : undefined;
  return (
    <Section title="Code" answer={answerFor(run, git)} acts={acts}>
      {git !== null && git.problem !== null && <p className="note">{git.problem}</p>}
      {run.recording === null ? <LoggedCode run={run} /> : <RecordedCode run={run} git={git} />}
    </Section>
  );
});

function RecordedCode({ run, git }: { run: RunDetail; git: GitSummary | null }) {
  const host = useHost();
  const { recording } = run;
  if (recording === null) return null;
  return (
    <dl className="facts">
      {git?.commit && (
        <>
          <dt>commit</dt>
          <dd className="with-act">
            <span className="cut" title={`${git.commit} ${git.subject ?? ''}`}>
              <code>{git.commit.slice(0, shortCommit)}</code> {git.subject}
            </span>
            <IconButton label="Copy Commit" onAct={() => void host.command('text.copy', { text: git.commit ?? '' })}>
              <Icon name="copy" />
            </IconButton>
          </dd>
        </>
      )}
      {git?.branch && <Fact name="branch" value={git.branch} />}
      {git !== null && git.changes.length > 0 && <DiffFact git={git} />}
      {git !== null && git.untracked.length > 0 && <Fact name="untracked" value={git.untracked.join(', ')} />}
      <Command words={recording.command} />
      <Fact name="folder" value={recording.cwd} isCode />
    </dl>
  );
}

function Command({ words }: { words: readonly string[] }) {
  const host = useHost();
  const line = commandText(words);
  return (
    <>
      <dt>command</dt>
      <dd className="with-act">
        <code className="cut" title={line}>
          {line}
        </code>
        <IconButton label="Copy Command" onAct={() => void host.command('run.copyCommand', null)}>
          <Icon name="copy" />
        </IconButton>
      </dd>
    </>
  );
}

function DiffFact({ git }: { git: GitSummary }) {
  const files = git.changes.map(({ path }) => path);
  const linesOf = (side: 'added' | 'removed'): number => git.changes.reduce((sum, change) => sum + change[side], 0);
  return (
    <>
      <dt>changed since</dt>
      <dd title={files.join('\n')}>
        {files.length === 1 ? files[0] : countText(files.length, 'file')}{' '}
        <span className="better">+{linesOf('added')}</span> <span className="worse">−{linesOf('removed')}</span>
        {git.diffTruncated && <span className="quiet"> cut short</span>}
      </dd>
    </>
  );
}

function LoggedCode({ run }: { run: RunDetail }) {
  const tag = (key: string): string | undefined => run.tags.find((each) => each.key === key)?.value;
  const commit = tag('mlflow.source.git.commit');
  const source = tag('mlflow.source.name');
  if (commit === undefined && source === undefined) return null;
  return (
    <dl className="facts">
      {commit !== undefined && <Fact name="commit" value={commit.slice(0, shortCommit)} isCode />}
      {source !== undefined && <Fact name="source" value={source} isCode />}
    </dl>
  );
}

function answerFor(run: RunDetail, git: GitSummary | null): string {
  if (run.recording === null) {
    return run.tags.some(({ key }) => key === 'mlflow.source.git.commit') ? 'as the client logged it' : 'unknown';
  }
  if (git === null) return run.state === 'running' ? 'being read' : 'unknown';
  if (git.commit === null) return 'unknown';
  return git.dirty ? 'not committed' : 'committed';
}
