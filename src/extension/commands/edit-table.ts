// The commands that find runs, change them and compare them, by their ids. Those that end in `This` are for menus.
import { compareRuns } from '../compare/compare-runs';
import { editNote } from '../edits/edit-note';
import { editTags } from '../edits/edit-tags';
import { markRuns, toggleStars } from '../edits/mark-commands';
import { renameRun } from '../edits/rename-run';
import { filterRuns } from '../filter/filter-runs';
import { sortRuns } from '../filter/sort-runs';
import type { Given } from '../picking/given-rows';
import type { CommandTools } from './command-tools';

/** The handlers; VS Code hands a menu's row and the selected rows to them. */
export function editTable(tools: CommandTools): Record<string, (...given: Given) => unknown> {
  const { edits, listing } = tools;
  return {
    'slipway.filterRuns': () => filterRuns(tools),
    'slipway.clearRunFilter': () => listing.filterBy(''),
    'slipway.showStarredRuns': () => listing.filterBy('is:starred'),
    'slipway.showFailedRuns': () => listing.filterBy('state:failed'),
    'slipway.showRunningRuns': () => listing.filterBy('state:running'),
    'slipway.showArchivedRuns': () => listing.filterBy('is:archived'),
    'slipway.sortRuns': () => sortRuns(tools),
    'slipway.renameRun': (...given) => renameRun(tools, given),
    'slipway.editRunNote': (...given) => editNote(tools, given),
    'slipway.editRunTags': (...given) => editTags(tools, given),
    'slipway.starRuns': () => markRuns(tools, 'star'),
    'slipway.starThis': (...given) => markRuns(tools, 'star', given),
    'slipway.unstarRuns': () => markRuns(tools, 'unstar'),
    'slipway.unstarThis': (...given) => markRuns(tools, 'unstar', given),
    'slipway.toggleStars': () => toggleStars(tools),
    'slipway.archiveRuns': () => markRuns(tools, 'archive'),
    'slipway.archiveThis': (...given) => markRuns(tools, 'archive', given),
    'slipway.unarchiveRuns': () => markRuns(tools, 'unarchive'),
    'slipway.unarchiveThis': (...given) => markRuns(tools, 'unarchive', given),
    'slipway.deleteRuns': () => markRuns(tools, 'delete'),
    'slipway.deleteThis': (...given) => markRuns(tools, 'delete', given),
    'slipway.restoreRuns': () => markRuns(tools, 'restore'),
    'slipway.restoreThis': (...given) => markRuns(tools, 'restore', given),
    'slipway.undo': () => edits.undo(),
    'slipway.redo': () => edits.redo(),
    'slipway.compareRuns': (...given) => compareRuns(tools, given),
    'slipway.compareThis': (...given) => compareRuns(tools, given),
  };
}
