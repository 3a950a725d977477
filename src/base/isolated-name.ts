// Names as they stand beside other words.

/**
 * A name that holds marks of direction (an override that is never ended), isolated so that it turns round nothing beside
 * it. Every other name is as it was, so that it can be copied and searched for.
 */
export function isolatedName(name: string): string {
  // An end of an isolation within the name would end ours.
  return /\p{Bidi_Control}/u.test(name) ? `\u2068${name.replace(/[\u2066-\u2069]/g, '')}\u2069` : name;
}
