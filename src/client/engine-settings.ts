// What a person may set of the engine, in the form it is started with. Only the start of an engine reads it.

/** `silence` in minutes, after which a run known only over REST is unknown; `durability` as the engine takes it. */
export interface ChosenSettings {
  silence?: number | undefined;
  durability?: string | undefined;
}

/** The engine's arguments for the settings that were made; what is no sound value is left to the engine's own choice. */
export function settingArguments({ silence, durability }: ChosenSettings): string[] {
  const minutes = typeof silence === 'number' && silence > 0 && Number.isFinite(silence) ? silence : undefined;
  const known = durability === 'NORMAL' || durability === 'FULL' ? durability : undefined;
  return [
    ...(minutes === undefined ? [] : [`--silence=${Math.round(minutes * 60_000)}`]),
    ...(known === undefined ? [] : [`--durability=${known}`]),
  ];
}
