// What a person has opened or closed in a panel, kept with the panel's state.
import { createContext, useContext } from 'react';

/** What was chosen, by name; `choose` keeps one more. */
export interface KeptChoices {
  chosen: Readonly<Record<string, boolean>>;
  choose: (name: string, isOpen: boolean) => void;
}

/** The choices of this panel; one without a place to keep them forgets. */
export const KeptChoicesContext = createContext<KeptChoices>({ chosen: {}, choose: () => undefined });

/** Whether something is open, as it was chosen, else `usual`; and the means to choose. */
export function useKeptChoice(name: string, usual = false): [boolean, (isOpen: boolean) => void] {
  const { chosen, choose } = useContext(KeptChoicesContext);
  return [chosen[name] ?? usual, (isOpen) => choose(name, isOpen)];
}
