// What the dataset panel asks of the engine beyond the records themselves: everything of one version in one go, drift
// from a reference, and how that went over the versions.
import * as z from 'zod';
import type { TakeBackSignal } from '../../conversation/take-back';
import type { JobProgress } from '../../jobs/job';
import type { WireNumber } from '../../number';
import type { CheckReport } from '../contract/check';
import { type DatasetSummary, type DatasetVersion, datasetName, resultKind } from '../dataset';
import { type Drift, type DriftColumnDetail, type DriftVerdict, driftPresets } from '../drift';
import type { LineageNode } from '../lineage';
import type { Profile, ProfileColumn } from '../table/profile';
import type { KnownWeights } from './column-weights';

const version = z.string().min(1).max(100);
/**
 * A version, several with commas, or `last:N`, the N versions before. Null: the version that is labelled `reference`, else what
 * slipway.yaml says, else the one that was seen first.
 */
const reference = z.string().min(1).max(4000).nullable().default(null);

export const datasetViewQuery = z.object({ dataset: datasetName, version: version.default('latest'), reference });
export type DatasetViewQuery = z.output<typeof datasetViewQuery>;

/** What a version was measured against, and what came of it; `drift` null until it was measured. */
export interface MeasuredDrift {
  reference: DatasetVersion;
  /** All of the versions whose rows are the reference together, the newest first; `reference` is the first of them. */
  references: DatasetVersion[];
  /** The reference as it is asked for again: a version's id, ids with commas, or `last:N`. */
  asked: string;
  drift: Drift | null;
  /** Epoch milliseconds; null until it was measured. */
  time: number | null;
}

/** One version as the panel opens it. */
export interface DatasetView {
  dataset: DatasetSummary;
  version: DatasetVersion;
  /** The newest first, at most `mostVersions`. */
  versions: DatasetVersion[];
  /** Null of the version that others are measured against. */
  drift: MeasuredDrift | null;
  /** The newest check of the version; null until it was checked. */
  check: CheckReport | null;
  /** Runs that read this version, the newest first. */
  users: LineageNode[];
  /** The datasets that are made from this version. */
  feeds: string[];
  /** What the columns count in the model. */
  weights: KnownWeights;
}

/** So many versions stand in the panel's list; older ones are found through the tree. */
export const mostVersions = 100;

export const driftMeasure = z.object({
  dataset: datasetName,
  version,
  reference,
  preset: z.enum(driftPresets).default('slipway'),
  /** False: a result that is kept is given back as it is. */
  again: z.boolean().default(false),
});
export type DriftMeasure = z.output<typeof driftMeasure>;

export const driftColumnQuery = z.object({ dataset: datasetName, version, reference, column: z.string().min(1) });
export type DriftColumnQuery = z.output<typeof driftColumnQuery>;

export const driftHistoryQuery = z.object({
  dataset: datasetName,
  reference,
  /** Null: the first two hundred. */
  columns: z.array(z.string()).max(200).nullable().default(null),
});
export type DriftHistoryQuery = z.output<typeof driftHistoryQuery>;

/** One column of one version, as far as a chart over versions needs it. */
export interface DriftPoint {
  score: WireNumber;
  threshold: number;
  noise: number | null;
  verdict: DriftVerdict;
}

/** One version in the history of drift; `columns` null while it was not measured against this reference. */
export interface DriftMoment {
  id: string;
  labels: string[];
  created: number;
  rows: number | null;
  /** How many columns were judged, how many drifted, and of how many could not be told. */
  drifted: { columns: number; drift: number; small: number } | null;
  columns: Record<string, DriftPoint> | null;
}

/** From the oldest version to the newest, without the reference itself. */
export interface DriftHistory {
  reference: DatasetVersion | null;
  moments: DriftMoment[];
}

export const profileMeasure = z.object({
  dataset: datasetName,
  version,
  /** Whose profile is given beside it where one is kept. */
  reference,
  /** False: what is not kept is not made, and `profile` is null. */
  make: z.boolean().default(true),
  /** False: a profile that is kept is given back as it is. */
  again: z.boolean().default(false),
});
export type ProfileMeasure = z.output<typeof profileMeasure>;

/** The profile of a version, and that of the version it is compared with. */
export interface MeasuredProfile {
  profile: Profile | null;
  /** Epoch milliseconds; null until it was made. */
  time: number | null;
  /** Null where there is none, or none is kept. */
  reference: Profile | null;
}

/** What takes a while: what is kept, and the look for what is unlike earlier versions. */
export const workKind = z.enum([...resultKind.options, 'anomalies']);
export type WorkKind = z.infer<typeof workKind>;

export const datasetWorkQuery = z.object({ dataset: datasetName, version, what: workKind });
export type DatasetWorkQuery = z.output<typeof datasetWorkQuery>;

/** Work that goes on for a version: how far it is, and what is finished of it. */
export interface DatasetWork {
  what: WorkKind;
  progress: JobProgress;
  /** The columns of a profile that are there already; empty of other work. */
  columns: ProfileColumn[];
  rows: number | null;
}

export const weightsQuery = z.object({ dataset: datasetName });
export type WeightsQuery = z.output<typeof weightsQuery>;

export const versionUsesQuery = z.object({ dataset: datasetName, ids: z.array(version).max(500) });
export type VersionUsesQuery = z.output<typeof versionUsesQuery>;

/** Every method may throw SlipwayError. A caller that goes away takes its measuring back. */
export interface DatasetPanelApi {
  /** Throws `not-found`. */
  datasetView(query: DatasetViewQuery): Promise<DatasetView>;
  /** Measures, keeps and answers. Throws `unavailable` when a version's bytes are not to be had. */
  measureDrift(measure: DriftMeasure, signal?: TakeBackSignal): Promise<MeasuredDrift>;
  /** Makes the profile and keeps it, or finds the kept one. */
  measureProfile(measure: ProfileMeasure, signal?: TakeBackSignal): Promise<MeasuredProfile>;
  driftColumn(query: DriftColumnQuery, signal?: TakeBackSignal): Promise<DriftColumnDetail>;
  driftHistory(query: DriftHistoryQuery): Promise<DriftHistory>;
  /** Null when nothing of that kind goes on. */
  datasetWork(query: DatasetWorkQuery): DatasetWork | null;
  /** As slipway.yaml says, else as a run that read the dataset logged it. */
  columnWeights(query: WeightsQuery): Promise<KnownWeights>;
  /** How many runs read each version, by its id. */
  versionUses(query: VersionUsesQuery): Promise<Record<string, number>>;
}
