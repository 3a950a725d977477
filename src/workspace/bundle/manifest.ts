// What a bundle holds, as its manifest says: the first thing that is read of it and the last that is written.
import * as z from 'zod';

/** The version of the format that this build writes, and the newest it reads. */
export const bundleVersion = 1;
/** The name of the manifest in the bundle. */
export const manifestName = 'manifest.json';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const size = z.number().int().min(0);
const text = z.string().max(1000);

const bundleItem = z.strictObject({
  kind: z.string().max(40),
  /** What names it everywhere: the run's id, the model's name, … As long as it is: what is kept can be brought in again. */
  id: z.string(),
  /** What people call it. */
  name: text,
  /** The name of the experiment it belongs to. */
  experiment: z.string().optional(),
  part: text,
  sha256,
  size,
});

/** One file of a run's folder; `part` is where it lies in the bundle. */
const runFolderFile = z.strictObject({ run: text, name: text, part: text, sha256, size });

export const bundleManifest = z.strictObject({
  format: z.literal('slipway-bundle'),
  version: z.literal(bundleVersion),
  /** Epoch milliseconds. */
  created: z.number(),
  slipway: text,
  schema: z.number().int(),
  items: z.array(bundleItem),
  /** Files of run folders. */
  files: z.array(runFolderFile),
  /** Contents of artifacts, each once, at `objects/ab/cdef…`; absent ones lie in the workspace already. */
  objects: z.array(z.strictObject({ sha256, size })),
  /** True when the contents are not in the bundle but in the workspace that it is for. */
  withoutObjects: z.boolean().default(false),
});

export type BundleItem = z.output<typeof bundleItem>;
export type RunFolderFile = z.output<typeof runFolderFile>;
export type BundleManifest = z.output<typeof bundleManifest>;

/** What can be told of a manifest that this version does not understand. */
export const manifestHead = z.looseObject({ format: z.literal('slipway-bundle'), version: z.number() });

/** Where the content of that hash lies in a bundle. */
export function objectPart(hash: string): string {
  return `objects/${hash.slice(0, 2)}/${hash.slice(2)}`;
}
