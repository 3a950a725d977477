// Making a folder a workspace means one small file that people commit; the command line and the editor write the same.
import { existsSync, writeFileSync } from 'node:fs';
import { SlipwayError, systemCodeOf } from '../base/errors';
import { WorkspaceLayout } from '../protocol/folder/layout';

const firstConfig = `# Slipway's settings for this project: commit this file.
# Which way is better, and which metric is shown beside a run's name:
#   metrics: { roc_auc: { direction: up, headline: true }, log_loss: { direction: down } }
version: 1
`;

/** Writes slipway.yaml into `root` unless there is one. True when it did. Throws SlipwayError `read-only`. */
export function writeFirstConfig(root: string): boolean {
  const { config } = new WorkspaceLayout(root);
  if (existsSync(config)) return false;
  try {
    writeFileSync(config, firstConfig, { flag: 'wx' });
    return true;
  } catch (error) {
    if (systemCodeOf(error) === 'EEXIST') return false;
    throw new SlipwayError('read-only', `${root} cannot be written to. Check the folder's permissions.`, {
      cause: error,
    });
  }
}
