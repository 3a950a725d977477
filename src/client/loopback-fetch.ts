// VS Code replaces `fetch` in its extension hosts by one that first reads the system's certificates and asks the window
// for a proxy. The engine is on this machine, so neither applies, and both have been seen to hang a request for good.
interface Patched {
  __vscodeOriginalFetch?: typeof fetch;
}

/** True in an extension host: what Node has for requests is VS Code's there. */
export const isFetchReplaced = (): boolean => (globalThis as Patched).__vscodeOriginalFetch !== undefined;

/** `fetch` as Node has it, for addresses on this machine. */
export const loopbackFetch: typeof fetch = (input, init) => {
  const own = (globalThis as Patched).__vscodeOriginalFetch ?? globalThis.fetch;
  return own(input, init);
};
