// One thing of a bundle on its way in: points go ahead in small steps, files wait beside their place, and the rest is one
// transaction of the engine's.
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { SlipwayError } from '../../../../base/errors';
import { explainDiskFault } from '../../../../platform/files/disk-fault';
import { streamToFile } from '../../../../platform/objects/stream-to-file';
import type { LandedPart } from '../../../../workspace/bundle/bundle-part';
import type { BundleItem } from '../../../../workspace/bundle/manifest';
import { type PartLine, textIn } from '../../../../workspace/bundle/part-line';
import type { Importing } from './import';

/** Tables whose rows name contents of the store. */
const holdsContent = new Set(['artifacts', 'dataset_contents']);
/** What one step of a trace holds at most; a span's content may be long. */
const atOnce = { lines: 200, characters: 256 * 1024 };

/** Brings the item in. False for an experiment that was here. Throws SlipwayError when it does not fit. */
export async function landItem(importing: Importing, item: BundleItem): Promise<boolean> {
  if (item.kind === 'experiment') return landExperiment(importing, item);
  const { bundle, port } = importing;
  const isMended = item.kind === 'run' && bundle.manifest.withoutObjects;
  if (isMended && (await port.call<boolean>('isHere', item.id))) return mendRun(importing, item);
  if (item.kind === 'trace') return landTrace(importing, item);
  const { lines, series } = await sent(importing, item);
  if (item.kind === 'registered-model') {
    await port.call('landRegisteredModel', { name: item.id, lines, inPlace: bundle.manifest.withoutObjects });
    return true;
  }
  if (item.kind === 'dataset') {
    await port.call('landDataset', { name: item.id, lines });
    return true;
  }
  const part = { id: item.id, experimentId: experimentOf(importing, item), lines, series };
  if (item.kind === 'logged-model') await port.call('landLoggedModel', part);
  else await landRun(importing, item, part);
  return true;
}

function experimentOf({ experiments }: Importing, { experiment = '' }: BundleItem): string {
  const id = experiments.get(experiment);
  if (id === undefined) throw new SlipwayError('conflict', `its experiment ${experiment} could not be used`);
  return id;
}

async function landExperiment({ bundle, port, experiments }: Importing, item: BundleItem): Promise<boolean> {
  const lines: PartLine[] = [];
  for await (const line of bundle.lines(item)) lines.push(line);
  const { id, isNew } = await port.call<{ id: string; isNew: boolean }>('landExperiment', lines);
  experiments.set(item.id, id);
  return isNew;
}

/** The item's lines but for its points, which are with the engine already, each series under its number there. */
async function sent(
  { bundle, port, objects, result }: Importing,
  item: BundleItem,
): Promise<{ lines: PartLine[]; series: [string, number][] }> {
  const lines: PartLine[] = [];
  const series = new Map<string, number>();
  for await (const line of bundle.lines(item)) {
    const [table, row, points] = line;
    if (table === 'metric_points') {
      port.goOn();
      const key = textIn(row, 'key');
      series.set(key, await port.call<number>('landPoints', { series: series.get(key), points }));
    } else if (holdsContent.has(table) && !objects.has(textIn(row, 'sha256'))) {
      if (!bundle.manifest.withoutObjects) throw new SlipwayError('invalid', 'the bundle lacks the content of a file');
      result.missing.push(table === 'artifacts' ? textIn(row, 'path') : `${item.name}: ${textIn(row, 'sha256')}`);
    } else lines.push(line);
  }
  return { lines, series: [...series] };
}

/** A trace may have very many spans: it is found only when all of them are there. */
async function landTrace(importing: Importing, item: BundleItem): Promise<boolean> {
  const { bundle, port } = importing;
  const begun = { id: item.id, experimentId: experimentOf(importing, item) };
  let trace: number | undefined;
  let waiting: PartLine[] = [];
  let characters = 0;
  const send = async (): Promise<void> => {
    port.goOn();
    await port.call('addTraceRows', { trace, lines: waiting });
    waiting = [];
    characters = 0;
  };
  for await (const line of bundle.lines(item)) {
    if (trace === undefined) {
      trace = await port.call<number>('beginTrace', { ...begun, line });
      continue;
    }
    waiting.push(line);
    characters += String(line[1].content ?? '').length;
    if (waiting.length >= atOnce.lines || characters >= atOnce.characters) await send();
  }
  if (trace === undefined) throw new SlipwayError('invalid', 'its part of the bundle is empty');
  await send();
  await port.call('finishTrace', trace);
  return true;
}

/** What was taken in anew from a run's folder gets what was only in the damaged database. */
async function mendRun(importing: Importing, item: BundleItem): Promise<boolean> {
  const { bundle, port, objects, result } = importing;
  const lines: PartLine[] = [];
  for await (const line of bundle.lines(item)) {
    const [table, row, points] = line;
    if (table === 'metric_points') await port.call('mergePoints', { id: item.id, key: textIn(row, 'key'), points });
    else if (table === 'artifacts' && !objects.has(textIn(row, 'sha256'))) result.missing.push(textIn(row, 'path'));
    else lines.push(line);
  }
  await port.call('mergeRun', { id: item.id, experimentId: experimentOf(importing, item), lines });
  return true;
}

async function landRun(importing: Importing, item: BundleItem, part: LandedPart): Promise<void> {
  const { bundle, layout, port } = importing;
  const place = layout.run(item.id);
  const isInPlace = bundle.manifest.withoutObjects && existsSync(place);
  const waiting = isInPlace ? undefined : await filesBeside(importing, item);
  try {
    if (waiting !== undefined && existsSync(place)) {
      throw new SlipwayError('conflict', `a folder of it lies at ${place}; run \`slipway doctor --repair\` first`);
    }
    await port.call('landRun', { part, inPlace: bundle.manifest.withoutObjects });
  } catch (error) {
    if (waiting !== undefined) rmSync(waiting, { recursive: true, force: true });
    throw error;
  }
  // Should all end here, the next engine does this: a folder whose run is there belongs to it.
  if (waiting !== undefined) await port.call('placeFolders', null);
}

/** The run's files in a folder beside their place; undefined when it has none. */
async function filesBeside({ bundle, layout }: Importing, item: BundleItem): Promise<string | undefined> {
  const files = bundle.filesOf(item.id);
  if (files.length === 0) return undefined;
  const waiting = `${layout.incoming}/${item.id}`;
  try {
    rmSync(waiting, { recursive: true, force: true });
    mkdirSync(waiting, { recursive: true });
    for (const { name, part } of files) await streamToFile(bundle.read(part), `${waiting}/${name}`);
    return waiting;
  } catch (error) {
    rmSync(waiting, { recursive: true, force: true });
    throw explainDiskFault(error, layout.home);
  }
}
