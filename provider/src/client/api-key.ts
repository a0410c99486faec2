/**
 * What is wrong with an API key, in words that do not quote it; undefined if it can be sent. A header with a line break
 * in it would fail late, in the words of node:http.
 *
 * @example
 * keyProblem(""); // "it is empty"
 */
export function keyProblem(key: string): string | undefined {
  if (key === "") return "it is empty";
  return /^[\x21-\x7e]+$/.test(key)
    ? undefined
    : "it has a space, a line break or a non-ASCII character in it";
}
