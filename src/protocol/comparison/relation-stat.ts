// Apart from what is asked with it: a page that names these needs nothing that checks questions.

/** Which number of a metric's history stands for a run; `best` is the last one of a metric without a direction. */
export const relationStats = ['last', 'best', 'min', 'max'] as const;
export type RelationStat = (typeof relationStats)[number];
