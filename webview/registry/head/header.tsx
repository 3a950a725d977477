// The head: which model, which version, how large, who made it, and what can be done.
import type { VersionDetail, VersionFile } from '../../../src/protocol/models/registry/model-version';
import type { ModelDetail } from '../../../src/protocol/models/registry/registered-model';
import { bytesText, countText, timeText } from '../../../src/protocol/wording';
import { Button, IconButton } from '../../kit/controls';
import { useHost } from '../../kit/host/host-context';
import { Icon } from '../../kit/icon';
import type { Decisions } from '../decisions/use-decisions';
import { VersionChoice } from '../versions/version-list';

interface HeaderProps {
  model: ModelDetail;
  /** Undefined where there is none. */
  version: string | undefined;
  /** Undefined until it is there. */
  detail: VersionDetail | undefined;
  decisions: Decisions;
  onVersion: (version: string) => void;
}

/** Stays at the top while the rest scrolls. */
export function Header({ model, version, detail, decisions, onVersion }: HeaderProps) {
  const host = useHost();
  const isOnnx = detail?.files?.some(isModel) === true;
  return (
    <header className="head">
      <div className="head-title">
        <Icon name="model" />
        <strong className="cut" title={model.description || model.name}>
          {model.name}
        </strong>
        {version !== undefined && <VersionChoice model={model} chosen={version} onChoose={onVersion} />}
      </div>
      {detail !== undefined && <Facts detail={detail} />}
      {version !== undefined && (
        <div className="head-acts">
          {isOnnx && (
            <Button label="Try" onAct={() => void host.command('registry.try', { version })}>
              <Icon name="play" />
            </Button>
          )}
          <IconButton
            label="More…"
            onAct={() => decisions.decide('opening', (to) => to.command('registry.more', { version }))}
          >
            <Icon name="more" />
          </IconButton>
        </div>
      )}
    </header>
  );
}

function Facts({ detail: { version, files, author, created } }: { detail: VersionDetail }) {
  const model = files?.find(isModel) ?? (files?.length === 1 ? files[0] : undefined);
  const bytes = (files ?? []).reduce((sum, { size }) => sum + size, 0);
  const size = files === null || files.length === 0 ? 'no files here' : `${kindOf(model, files)}, ${bytesText(bytes)}`;
  return (
    <div className="head-facts">
      <span className="nopick">v{version}</span>
      <span className="fact">{size}</span>
      {model !== undefined && (
        <span className="fact">
          <code title={`SHA-256 ${model.sha256}`}>{model.sha256.slice(0, 7)}</code>
        </span>
      )}
      <span className="fact" title={author === null ? undefined : 'As git said; nobody checked it.'}>
        {author === null ? '' : `by ${author}, `}
        {timeText(created, Date.now())}
      </span>
    </div>
  );
}

function isModel({ path }: VersionFile): boolean {
  return /\.onnx$/i.test(path);
}

function kindOf(model: VersionFile | undefined, files: readonly VersionFile[]): string {
  if (model !== undefined && isModel(model)) return 'ONNX';
  return countText(files.length, 'file');
}
