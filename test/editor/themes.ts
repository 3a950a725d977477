// The four themes that every page is looked at in.

/** Dark comes first: the one a window has at first. */
export const themes = [
  'Default Dark Modern',
  'Default Light Modern',
  'Default High Contrast',
  'Default High Contrast Light',
] as const;

/** A theme in the name of a screenshot. */
export function inFileName(theme: (typeof themes)[number]): string {
  return theme.replaceAll(' ', '-').toLowerCase();
}
