// slipway doctor --repair
import { rmSync, writeFileSync } from 'node:fs';
import { SlipwayError } from '../base/errors';
import { ensureEngine, stopEngine } from '../client/ensure-engine';
import { runSalvage } from '../client/repair/salvage-process';
import type { WorkspaceLayout } from '../protocol/folder/layout';
import type { RepairResult } from '../protocol/jobs/job';
import type { SalvageReport } from '../protocol/jobs/salvage';
import { countText } from '../protocol/wording';
import type { CliContext, CommonOptions } from './context';
import { importText } from './import';
import { runJob } from './job';
import { nameLines, reasonLines } from './job-text';
import { jsonKeys } from './json-keys';

/**
 * Brings back what is left of a damaged or lost database, and says what came back and what did not. Exit 2 when something
 * did not. The damaged file stays beside the new one.
 */
export async function repair(context: CliContext, options: CommonOptions): Promise<void> {
  const layout = context.layout(options);
  await stopIfThere(layout.root, context);
  const onTable = (table: string): void => {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[Kreading ${table}`);
  };
  const salvage = await runSalvage({ bundle: context.ensureOptions.bundle, root: layout.root, onTable });
  const result = await runJob<RepairResult>(context, options, { job: 'repair', salvaged: salvage.path });
  // Only now: a repair that was cut off has to be done again.
  if (salvage.mark !== null) writeFileSync(salvage.mark, '');
  rmSync(layout.repair, { recursive: true, force: true });
  context.print(
    options,
    jsonKeys({ ...result, salvage: { ...salvage, path: undefined, mark: undefined } }),
    repairText(layout, salvage, result),
  );
  const lost = [...gapsIn(salvage), ...result.refused, ...result.missing, ...salvage.unreadable];
  if (lost.length > 0) process.exitCode = 2;
}

/**
 * Starts the engine and stops it again: a file that cannot be opened at all is then kept aside, and runs that go on do not
 * notice the pause. One that cannot start because of damage further in is what this is for.
 */
async function stopIfThere(root: string, context: CliContext): Promise<void> {
  try {
    await stopEngine(await ensureEngine(root, context.ensureOptions));
  } catch (error) {
    if (!SlipwayError.is(error, 'damaged')) throw error;
  }
}

function repairText(layout: WorkspaceLayout, salvage: SalvageReport, result: RepairResult): string {
  const { imported, skipped, refused, recorded, missing, unnamed } = result;
  const lines: string[] = [];
  if (salvage.moved !== null) lines.push(`The damaged database was kept as ${salvage.moved}.`);
  for (const path of salvage.unreadable) lines.push(`Nothing could be read of ${path}; it stays.`);
  if (salvage.source === null && salvage.unreadable.length === 0) lines.push('No damaged database is kept here.');
  if (salvage.source !== null) {
    const read = salvage.tables.flatMap(({ table, rows }) =>
      rows > 0 ? [`${countText(rows, 'row')} of ${table}`] : [],
    );
    lines.push(
      `Read from ${salvage.source}: ${read.join(', ') || 'nothing'}.`,
      importText({ imported, skipped, refused: [], dryRun: false }),
    );
  }
  if (recorded.length > 0)
    lines.push(`Taken in again from ${layout.runs}: ${countText(recorded.length, 'recorded run')}.`);
  if (unnamed.run !== null) {
    lines.push(`${countText(unnamed.count, 'content')} without a name: now files of the run "${unnamed.run}".`);
  }
  const gaps = gapsIn(salvage);
  if (gaps.length > 0) lines.push(`Not all could be read of: ${gaps.join(', ')}.`);
  lines.push(...reasonLines('Did not come back', refused), ...nameLines('Files whose content is gone', missing));
  return lines.join('\n');
}

/** The tables of which not all could be read. */
function gapsIn({ tables }: SalvageReport): string[] {
  return tables.filter(({ hasGaps }) => hasGaps).map(({ table }) => table);
}
