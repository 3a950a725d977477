// Shows an experiment of which only the id is known: the Runs view, filtered to it.
import { commands, l10n } from 'vscode';
import { SlipwayError } from '../../base/errors';
import { everyPage } from '../../protocol/every-page';
import { quotedFilterValue } from '../../protocol/runs/filter-word';
import type { RunsListing } from '../filter/runs-listing';
import type { EngineSession } from '../session/engine-session';

/** Filters the view and goes there. Throws SlipwayError `not-found` for a deleted experiment, `unavailable` without an engine. */
export async function showExperiment(
  listing: RunsListing,
  session: EngineSession,
  experimentId: string,
): Promise<void> {
  const { list } = (await session.awaitClient()).api.experiments;
  for await (const { items } of everyPage((page) => list.query({ limit: 500, page }))) {
    const found = items.find((each) => each.experimentId === experimentId);
    if (found === undefined) continue;
    listing.filterBy(`experiment:${quotedFilterValue(found.name)}`);
    await commands.executeCommand('slipway.runs.focus');
    return;
  }
  throw new SlipwayError(
    'not-found',
    l10n.t('{0} has no experiment {1} in use. The Runs view shows those it has.', session.folder.name, experimentId),
  );
}
