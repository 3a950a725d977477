// Images or texts of both sides next to each other.
import { type UIEvent, useMemo, useState } from 'react';
import type { FilePreview, SideFile } from '../../../../src/protocol/comparison/evidence/file-item';
import { bytesText } from '../../../../src/protocol/wording';
import { Button } from '../../../kit/controls';
import { useHost } from '../../../kit/host/host-context';
import { useLive } from '../../../kit/host/live';
import { SideName } from '../../head/side-name';
import type { StepViewProps } from './file-view';
import { differenceOf } from './text-difference';
import { TextPair } from './text-pair';

/** A region that scrolls must be reachable by keys. */
const reachable = { tabIndex: 0 };

const magnifications = [1, 2, 4, 8] as const;

/** `isImage`: offers to look closer. */
export function PreviewPair({ step, sides, runIds, state, change, isImage }: StepViewProps & { isImage: boolean }) {
  const before = usePreview(runIds[0], step.baseline);
  const after = usePreview(runIds[1], step.candidate);
  const place = magnifications.indexOf(state.magnification as (typeof magnifications)[number]);
  const zoom = (by: number): void => change({ magnification: magnifications[place + by] ?? state.magnification });
  const difference = useMemo(
    () => (before?.kind === 'text' && after?.kind === 'text' ? differenceOf(before, after) : null),
    [before, after],
  );
  const isSame = before?.kind === 'image' && after?.kind === 'image' && before.base64 === after.base64;
  const common = { magnification: isImage ? state.magnification : 1 };
  if (difference !== null && before?.kind === 'text' && after?.kind === 'text')
    return <TextPair {...{ difference, sides, before, after }} />;
  return (
    <>
      {isImage && (
        <div className="evidence-tool">
          <Button label="Zoom Out" onAct={() => zoom(-1)} />
          <span className="number">{state.magnification} ×</span>
          <Button label="Zoom In" onAct={() => zoom(1)} />
          {isSame && <span className="quiet">The two files are the same.</span>}
        </div>
      )}
      <div className="file-pair" onScrollCapture={scrollTogether}>
        <figure aria-label={sides.baseline.name}>
          <figcaption>
            <SideName side={sides.baseline} marks={sides.marks} />
          </figcaption>
          <Preview file={step.baseline} preview={before} runId={runIds[0]} which="before" {...common} />
        </figure>
        <figure aria-label={sides.candidate.name}>
          <figcaption>
            <SideName side={sides.candidate} marks={sides.marks} />
          </figcaption>
          <Preview file={step.candidate} preview={after} runId={runIds[1]} which="after" {...common} />
        </figure>
      </div>
    </>
  );
}

/** Looking at a part of one magnified image looks at the same part of the other. */
function scrollTogether({ currentTarget, target }: UIEvent<HTMLElement>): void {
  if (!(target instanceof HTMLElement) || !target.classList.contains('image-part')) return;
  for (const other of currentTarget.querySelectorAll('.image-part')) {
    if (other !== target) other.scrollTo(target.scrollLeft, target.scrollTop);
  }
}

/** Undefined until it is there; what was there stays until then, so that a moved slider does not flicker. */
function usePreview(runId: string, file: SideFile | null): FilePreview | undefined {
  const path = file?.path ?? null;
  const { value, error } = useLive<{ path: string; preview: FilePreview } | undefined>({
    key: JSON.stringify([runId, path]),
    rest: 5000,
    load: async (host, signal) =>
      path === null ? undefined : { path, preview: await host.query('comparison.preview', { runId, path }, signal) },
  });
  if (path === null) return undefined;
  if (error !== undefined && value?.path !== path) {
    return { size: file?.size ?? 0, kind: 'not shown', why: error.message };
  }
  return value?.preview;
}

interface PreviewProps {
  file: SideFile | null;
  preview: FilePreview | undefined;
  runId: string;
  which: 'before' | 'after';
  magnification: number;
}

function Preview({ file, preview, runId, which, magnification }: PreviewProps) {
  if (file === null) return <p className="note">There is none.</p>;
  if (preview === undefined) return <p className="note"> </p>;
  if (preview.kind === 'not shown') return <p className="note">{preview.why}</p>;
  if (preview.kind === 'image') {
    const source = `data:${preview.mediaType};base64,${preview.base64}`;
    return (
      <>
        {preview.isCut && (
          <p className="note">This image is cut short: its end is missing ({bytesText(preview.size)}).</p>
        )}
        <ImageView source={source} file={file} runId={runId} magnification={magnification} />
      </>
    );
  }
  return (
    <section
      className="text-part"
      aria-label={`${file.path}, ${which === 'before' ? 'baseline' : 'candidate'}`}
      {...reachable}
    >
      <pre className="code">{preview.text.split('\n', 12).join('\n')}</pre>
      {preview.isCut && <p className="note">The beginning of {bytesText(preview.size)}.</p>}
    </section>
  );
}

function ImageView(props: { source: string; file: SideFile; runId: string; magnification: number }) {
  const host = useHost();
  const { source, file, runId, magnification } = props;
  const [broken, setBroken] = useState('');
  // A small image is made of squares that can be told apart; a large one is smoothed.
  const [isSmall, setSmall] = useState(false);
  if (broken === source) {
    return <p className="note">This image could not be drawn: the file is damaged ({bytesText(file.size)}).</p>;
  }
  return (
    <button
      type="button"
      className="image-part"
      title={`Open ${file.path}`}
      onClick={() => void host.command('compare.openFile', { runId, path: file.path })}
    >
      <img
        src={source}
        alt={file.path}
        style={{ width: `${magnification * 100}%`, imageRendering: isSmall ? 'pixelated' : 'auto' }}
        onLoad={({ currentTarget: image }) => setSmall(image.naturalWidth < image.clientWidth)}
        onError={() => setBroken(source)}
      />
    </button>
  );
}
