import { readEmail } from "../invite/email";
import { quote } from "../text";

/**
 * What is wrong with a value that takes in the line of another person, as a list item with one space too many does.
 *
 * @param source the value as it is written.
 * @param placeOf where an offset in it stands.
 */
export function goesOnOver(source: string, placeOf: (offset: number) => string): string | undefined {
  const [first = "", ...others] = source.split("\n");
  let offset = first.length + 1;
  for (const line of others) {
    if (line.split(/[\s,"']+/).some((word) => readEmail(word).email !== undefined))
      return (
        `it goes on in ${placeOf(offset)}, which looks like another person (${quote(line)}): check the ` +
        "indentation and the quotation marks"
      );
    offset += line.length + 1;
  }
  return undefined;
}
