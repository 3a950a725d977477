// What a move of a version of a gated model does: one version is in production, and the alias champion names it.

import { isProductionWord, isProtected } from '../../../protocol/models/protection';
import type { ModelAlias } from '../registered-model';
import type { ModelStage } from '../rules/model-stage';

/** Where a version is to go: to a stage, where `archives` sends the others of that stage to the archive, to be named by an alias, or to be named by it no more. */
export type MoveGoal = { stage: ModelStage; archives?: boolean } | { alias: string } | { unset: string };

/** Where everything stands. `production`: the versions in that stage; `beside`: those in the stage that is asked for. */
export interface Standing {
  version: number;
  stage: ModelStage;
  production: readonly number[];
  beside: readonly number[];
  aliases: readonly ModelAlias[];
}

/** What changes. `isInto`: the version comes to something protected. `isKept`: nothing changes, and it is somewhere protected already. `isLeaving`: it loses something protected, and no other gets that. */
export interface MovePlan {
  stages: { version: number; to: ModelStage }[];
  set: ModelAlias[];
  unset: ModelAlias[];
  isInto: boolean;
  isKept: boolean;
  isLeaving: boolean;
  /** What it is about: `production`, another stage, or an alias. */
  target: string;
}

const mirror = 'champion';

/** The changes of a move; none where all stands as it should already. */
export function planMove(standing: Standing, goal: MoveGoal, protects: readonly string[]): MovePlan {
  const word = 'stage' in goal ? goal.stage.toLowerCase() : 'alias' in goal ? goal.alias : goal.unset;
  const target = isProductionWord(word) ? 'production' : word;
  const { stages, set, unset } = changesOf(standing, goal, target);
  const gained = [
    ...stages.filter((each) => each.version === standing.version).map(({ to }) => to),
    ...set.filter((each) => each.version === standing.version).map(({ alias }) => alias),
  ];
  // Where others make room for it, it comes there in their place.
  const isSuccessor = stages.some((each) => each.version !== standing.version);
  const isInto = [...gained, ...(isSuccessor ? [word] : [])].some((each) => isProtected(protects, each));
  // What others lose, this one gets.
  const lost = [
    ...stages.filter((each) => each.version === standing.version).map(() => standing.stage),
    ...unset.map(({ alias }) => alias),
  ];
  // From one protected stage to the next is no leaving, but production is left empty.
  const isLeaving = lost.some((each) => isProtected(protects, each) && (!isInto || isProductionWord(each)));
  const isKept =
    stages.length + set.length + unset.length === 0 &&
    !('unset' in goal) &&
    word !== 'none' &&
    isProtected(protects, word);
  return { stages, set, unset, isInto, isKept, isLeaving, target };
}

type Changes = Pick<MovePlan, 'stages' | 'set' | 'unset'>;

function changesOf(standing: Standing, goal: MoveGoal, target: string): Changes {
  const { version, stage, aliases } = standing;
  if ('stage' in goal && goal.stage !== 'Production') {
    const isLeaving = stage === 'Production';
    const others = goal.archives === true ? standing.beside.filter((each) => each !== version) : [];
    const stages = [
      ...others.map((each) => ({ version: each, to: 'Archived' as const })),
      ...(goal.stage === stage ? [] : [{ version, to: goal.stage }]),
    ];
    return { stages, set: [], unset: isLeaving ? ofProduction(aliases, version) : [] };
  }
  if ('unset' in goal) {
    const named = aliases.filter((each) => each.alias === goal.unset && each.version === version);
    if (!isProductionWord(goal.unset) || stage !== 'Production') return { stages: [], set: [], unset: named };
    return { stages: [{ version, to: 'Archived' }], set: [], unset: ofProduction(aliases, version) };
  }
  if ('alias' in goal && !isProductionWord(goal.alias))
    return { stages: [], set: newly(aliases, version, [target]), unset: [] };
  const words = [mirror, ...('alias' in goal ? [goal.alias] : []), ...ofProduction(aliases).map(({ alias }) => alias)];
  const others = standing.production.filter((each) => each !== version);
  return {
    stages: [
      ...others.map((each) => ({ version: each, to: 'Archived' as const })),
      ...(stage === 'Production' ? [] : [{ version, to: 'Production' as const }]),
    ],
    set: newly(aliases, version, [...new Set(words)]),
    unset: [],
  };
}

function ofProduction(aliases: readonly ModelAlias[], version?: number): ModelAlias[] {
  return aliases.filter((each) => isProductionWord(each.alias) && (version === undefined || each.version === version));
}

function newly(aliases: readonly ModelAlias[], version: number, words: readonly string[]): ModelAlias[] {
  const isSet = (word: string): boolean => aliases.some((each) => each.alias === word && each.version === version);
  return words.filter((word) => !isSet(word)).map((alias) => ({ alias, version }));
}
