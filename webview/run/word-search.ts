// Searching by words: what is typed is found in any order, in any case, anywhere.

/** True of a text that holds every word of `search`; of every text when there is none. */
export function holdsWords(search: string): (text: string) => boolean {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return (text) => {
    const plain = text.toLowerCase();
    return words.every((word) => plain.includes(word));
  };
}
