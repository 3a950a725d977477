// A run's name may hold anything; a segment of a path, which an editor's tab shows, may not.

/** `name` as one segment of a path. */
export function pathSegment(name: string): string {
  return name.replaceAll(/[/\\]|^\.+$/g, '-') || '-';
}
