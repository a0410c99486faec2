import { nameOf } from "../invite/urn";

/**
 * Who declares a person in one organization. The engine tells the provider each resource's URN, so that a person who
 * is declared twice is seen here, whatever the program is written in.
 */
export class DeclaredOnce {
  private readonly urns = new Map<string, string>();
  private readonly expected = new Set<string>();
  private readonly places = new Map<string, string>();

  /** What a message calls a resource: `the roster "people" (people.csv:3)`. */
  notePlace(urn: string, place: string): void {
    this.places.set(urn, place);
  }

  /** A roster is about to declare them. */
  expect(people: Iterable<string>): void {
    for (const email of people) this.expected.add(email);
  }

  /** Everyone who is declared so far, or about to be, by canonical address. */
  people(): Iterable<string> {
    return [...this.expected, ...this.urns.keys()];
  }

  /** @returns why a resource must not declare a person: another one does. */
  refusal(email: string, urn: string): string | undefined {
    const other = this.urns.get(email);
    if (other === undefined || other === urn) {
      this.urns.set(email, urn);
      return undefined;
    }
    return (
      `${email} is declared twice, by ${this.placeOf(other)} and by ${this.placeOf(urn)}. A person has one invite in ` +
      "an organization: remove one of the two."
    );
  }

  private placeOf(urn: string): string {
    return this.places.get(urn) ?? JSON.stringify(nameOf(urn));
  }
}
