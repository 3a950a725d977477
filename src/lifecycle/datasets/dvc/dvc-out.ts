// One output that DVC knows: a file or a folder, and the content that the repository asks for.
import * as z from 'zod';

/** `md5-dos2unix` is DVC 2's: of texts it reads every line end as one character. */
export type DvcAlgorithm = 'md5' | 'md5-dos2unix';

/** `place` is absolute. `md5` is without `.dir`; null where nothing was computed yet. */
export interface DvcOut {
  place: string;
  md5: string | null;
  isFolder: boolean;
  bytes: number | null;
  files: number | null;
  algorithm: DvcAlgorithm;
  /** False for an output that DVC keeps no copy of. */
  isCached: boolean;
  /** The file that says so, absolute, and the stage that makes it; null for a `.dvc` file. */
  saidBy: string;
  stage: string | null;
}

const entry = z.looseObject({
  path: z.string().min(1),
  md5: z.string().nullish(),
  hash: z.string().nullish(),
  size: z.number().int().nonnegative().nullish(),
  nfiles: z.number().int().nonnegative().nullish(),
  cache: z.boolean().nullish(),
});

/** What a `.dvc` file and a stage of `dvc.lock` have in common. */
export const dvcEntries = z.array(entry).nullish();
export type DvcEntry = z.output<typeof entry>;

const digest = /^([0-9a-f]{32})(\.dir)?$/;

/** The out that an entry tells of; `place` is where it lies. Undefined when its digest is none of DVC's. */
export function outOf(
  { md5, hash, size, nfiles, cache }: DvcEntry,
  where: Pick<DvcOut, 'place' | 'saidBy' | 'stage'>,
): DvcOut | undefined {
  const parts = md5 ? digest.exec(md5) : null;
  if (md5 && parts === null) return undefined;
  return {
    ...where,
    md5: parts?.[1] ?? null,
    isFolder: parts?.[2] !== undefined || (nfiles ?? null) !== null,
    bytes: size ?? null,
    files: nfiles ?? null,
    // Without a word about it the digest is one of DVC 2.
    algorithm: hash === 'md5' ? 'md5' : 'md5-dos2unix',
    isCached: cache ?? true,
  };
}

/** What DVC calls the content: the md5, with `.dir` of a folder; null where there is none. */
export function dvcId({ md5, isFolder }: Pick<DvcOut, 'md5' | 'isFolder'>): string | null {
  return md5 === null ? null : isFolder ? `${md5}.dir` : md5;
}
