// What the version is: its files by content, its golden cases, and what was said of it.
import type { VersionDetail } from '../../../src/protocol/models/registry/model-version';
import { bytesText, countText } from '../../../src/protocol/wording';
import { Icon } from '../../kit/icon';
import { Fold, Section } from '../../kit/section';
import { gateLook } from '../versions/gate-look';

/** Of any version. */
export function FilesSection({ detail }: { detail: VersionDetail }) {
  const { files, source, tags, description } = detail;
  const bytes = (files ?? []).reduce((sum, { size }) => sum + size, 0);
  const answer = files === null ? 'not kept here' : `${countText(files.length, 'file')}, ${bytesText(bytes)}`;
  const said = Object.entries(tags);
  return (
    <Section title="Files" answer={answer}>
      {description !== '' && <p className="note">{description}</p>}
      <Golden detail={detail} />
      {files !== null && files.length > 0 && <FileTable files={files} />}
      {files === null && <p className="note">They lie at {source}, where nothing here can read and judge them.</p>}
      {said.length > 0 && (
        <Fold name="tags" label={countText(said.length, 'tag')}>
          <dl className="facts">
            {said.map(([key, value]) => (
              <Tag key={key} name={key} value={value} />
            ))}
          </dl>
        </Fold>
      )}
    </Section>
  );
}

function Tag({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt title={name}>{name}</dt>
      <dd title={value}>{value}</dd>
    </>
  );
}

function FileTable({ files }: { files: NonNullable<VersionDetail['files']> }) {
  return (
    <table className="figures file-table">
      <caption className="unseen">Files with their hashes</caption>
      <thead>
        <tr>
          <th scope="col">File</th>
          <th scope="col" className="number">
            Size
          </th>
          <th scope="col">SHA-256</th>
        </tr>
      </thead>
      <tbody>
        {files.map(({ path, sha256, size }) => (
          <tr key={path}>
            <th scope="row" className="cut" title={path}>
              {path}
            </th>
            <td className="number">{bytesText(size)}</td>
            <td className="cut">
              <code title={sha256}>{shortHash(sha256)}</code>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What people compare of a hash by eye: its beginning and its end. */
function shortHash(sha256: string): string {
  return `${sha256.slice(0, 12)}…${sha256.slice(-4)}`;
}

/** What the gate's rule on golden cases found; where there is no such rule, whether cases lie beside the model. */
function Golden({ detail: { gated, files } }: { detail: VersionDetail }) {
  const rule = gated?.gate?.report.rules.find(({ kind }) => kind === 'golden');
  if (rule !== undefined) {
    const { icon, tone } = gateLook(rule.verdict);
    return (
      <p className="state golden">
        <Icon name={icon} tone={tone} />
        <span>
          Golden cases: {rule.n === null ? '' : `${countText(rule.n, 'case')}. `}
          {rule.why || rule.about}
        </span>
      </p>
    );
  }
  const hasCases = files?.some(({ path }) => path.endsWith('.golden.yaml')) === true;
  return hasCases ? (
    <p className="note">Golden cases lie beside the model; a rule of the kind golden would run them.</p>
  ) : null;
}
