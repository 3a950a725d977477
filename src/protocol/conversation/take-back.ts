/** As much of an AbortSignal as is needed: the protocol is clean of any runtime. */
export interface TakeBackSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}
