/** The text of a file, or why it is none. */
export type Decoded = { text: string; problem?: undefined } | { text?: undefined; problem: string };

/**
 * Decodes a roster's file: UTF-8, with or without a mark. A file in anything else is refused whole, because a
 * guessed letter would be another person's address; the replacement character itself (U+FFFD) is a letter like any
 * other.
 *
 * @example
 * decode(Buffer.from("email\r\n")); // { text: "email\n" }
 */
export function decode(bytes: Uint8Array): Decoded {
  if (bytes.includes(0))
    return { problem: "it is not text in UTF-8 (UTF-16, or no text at all): save it as UTF-8" };
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return { text: text.replace(/\r\n?/g, "\n") };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_ENCODING_INVALID_ENCODED_DATA") throw error;
    return {
      problem:
        "it is not text in UTF-8 (some characters cannot be read): save it as UTF-8, in Excel “CSV UTF-8”",
    };
  }
}
