/**
 * A state, or the inputs in it, as the SDK can take it: a property that is `undefined` makes it throw *after* a
 * create was carried out, which would orphan the invite. JSON drops those.
 */
export function outputsOf(state: object): Record<string, unknown> {
  return JSON.parse(JSON.stringify(state));
}
