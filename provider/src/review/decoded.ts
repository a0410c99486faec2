/**
 * A file's text. PowerShell's `>` writes UTF-16, whose byte order mark tells which one; anything else is UTF-8.
 *
 * @example
 * decoded(Buffer.from("\ufeff{}", "utf16le")); // "{}"
 */
export function decoded(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  return new TextDecoder().decode(bytes);
}
