// The addresses under which a run is named outside this window: what MLflow prints, and links of our own.

/** A run, or with `runId` undefined a whole experiment, of the engine that listens at `port`. */
export interface PrintedAddress {
  start: number;
  length: number;
  port: number;
  experimentId: string;
  runId: string | undefined;
}

const printed =
  /https?:\/\/(?:127\.0\.0\.1|localhost|\[::1\]):(\d+)\/#\/experiments\/(\d+)(?:\/runs\/([0-9a-f]{32})\b)?[^\s"'<>)]*/g;

/** The addresses in a line, as MLflow prints them after `View run NAME at:`. */
export function printedAddresses(line: string): PrintedAddress[] {
  return [...line.matchAll(printed)].map((match) => ({
    start: match.index,
    length: match[0].length,
    port: Number(match[1]),
    experimentId: match[2] ?? '',
    runId: match[3],
  }));
}

/** What a link of ours asks for; `folder` is an absolute path, undefined for whichever open folder has the run. */
export interface RunLink {
  runId: string;
  folder: string | undefined;
}

/** The run that `/run/ID?folder=PATH` names; undefined for anything else. */
export function readRunLink(path: string, query: string): RunLink | undefined {
  const runId = /^\/run\/([0-9a-f]{32})$/.exec(path)?.[1];
  if (runId === undefined) return undefined;
  return { runId, folder: new URLSearchParams(query).get('folder') || undefined };
}

/** The path and query that `readRunLink` reads back. */
export function runLinkText({ runId, folder }: RunLink): string {
  return `/run/${runId}${folder === undefined ? '' : `?${new URLSearchParams({ folder })}`}`;
}
