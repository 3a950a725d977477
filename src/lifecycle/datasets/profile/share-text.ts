// Shares as they are said: whole or with one decimal, and never nothing or all when it is not.

/** `0.224` is `22.4 %`. */
export function shareText(share: number): string {
  if (share > 0 && share < 0.001) return '< 0.1 %';
  if (share < 1 && share > 0.999) return '> 99.9 %';
  return `${(100 * share).toFixed(1).replace(/\.0$/, '')} %`;
}
