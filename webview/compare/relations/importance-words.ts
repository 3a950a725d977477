// What goes with a metric, in words that claim no more than the runs say.
import { chanceText, listText, signedText } from '../../../src/protocol/comparison/comparison-words';
import { fewestForForest } from '../../../src/protocol/comparison/fewest-runs';
import type { Importance, ParamRelation } from '../../../src/protocol/comparison/relations';
import { countText } from '../../../src/protocol/wording';

/** Beyond chance after Holm's correction. */
export function isDecided({ p }: ParamRelation): boolean {
  return p !== null && p < 0.05;
}

/** `roc_auc goes with learning_rate and max_depth beyond chance over 40 runs`; what stands beside the heading. */
export function answerText(importance: Importance, target: string): string {
  if (importance.why !== null) return importance.why.replace(/\.$/, '');
  const decided = importance.params.filter(isDecided);
  const runs = countText(importance.runs, 'run');
  if (decided.length === 0) return `no param goes with ${target} beyond chance over ${runs}`;
  const named = decided.slice(0, 3).map(({ name }) => name);
  const more = decided.length - named.length;
  return `${target} goes with ${listText(more > 0 ? [...named, `${more} more`] : named)} beyond chance over ${runs}`;
}

/** `ρ +0.81, p < .001`, `ε² 0.42, p = .003`, or why there is neither. */
export function relationText({ rho, share, p, why }: ParamRelation): string {
  if (why !== null) return why;
  const strength =
    rho === null ? `ε² ${shareText(share)}` : `ρ ${signedText(Number(rho.toFixed(2))).replace(/0{1,2}$/, '')}`;
  return `${strength}${p === null ? '' : `, p ${p < 0.001 ? '' : '= '}${chanceText(p)}`}`;
}

/** A share with two decimals; `–` where it is not known. */
export function shareText(share: number | null): string {
  return share === null ? '–' : share.toFixed(2).replace('-', '−');
}

/** The sentences below the picture: what was seen is no cause, what cannot be told apart, and what the forest is worth. */
export function notesOf(importance: Importance, { constant, target }: { constant: number; target: string }): string[] {
  const { params, forest, runs, missing, nonFinite } = importance;
  const out = missing + nonFinite;
  return [
    'What goes together over these runs need not be a cause.',
    ...twinText(params),
    ...forestText(forest, runs, target),
    ...(out === 0
      ? []
      : [`${countText(out, 'run')} without a number in ${target} ${out === 1 ? 'is' : 'are'} left out.`]),
    ...(constant === 0 ? [] : [`${countText(constant, 'param')} did not differ.`]),
  ];
}

function twinText(params: readonly ParamRelation[]): string[] {
  const told = new Set<string>();
  return params.flatMap(({ name, twins }) => {
    if (twins.length === 0 || told.has(name)) return [];
    for (const each of [name, ...twins]) told.add(each);
    return [`${listText([name, ...twins])} were changed together: their parts cannot be told apart.`];
  });
}

function forestText(forest: Importance['forest'], runs: number, target: string): string[] {
  if (forest === null)
    return runs < fewestForForest ? [`A forest takes ${fewestForForest} runs; these are ${runs}.`] : [];
  const { trees, r2, error } = forest;
  if (r2 - 2 * error < 0.05) {
    return [`${trees} trees guess ${target} of runs they have not seen no better than its mean does: ◆ says nothing.`];
  }
  const share = `${Math.round(100 * r2)} % ± ${Math.max(1, Math.round(100 * error))}`;
  return [
    `${trees} trees explain ${share} of the variance of ${target} in runs they have not seen; ◆ is the share that a param takes part in, alone or with others.`,
  ];
}
