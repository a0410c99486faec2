/** Why one resource declares a person, and one a team. */
const ONE_INVITE = "A person has one invite in an organization";
export const ONE_TEAM = "The teams of an organization have names of their own";

/**
 * Which resource declares which person in one organization, in one run: a person has one invite there. The same of
 * teams, by their names. A TypeScript
 * program keeps it itself; the plugin keeps it for programs of other languages.
 */
export class Declarations {
  private readonly owners = new Map<string, { resource: unknown; place: string }>();
  private readonly expected = new Set<string>();
  private readonly places = new Map<unknown, string>();

  constructor(private readonly why: string = ONE_INVITE) {}

  /** Makes a message about a resource say where it comes from: `the roster "people" (people.csv:3)`. */
  notePlace(resource: unknown, place: string): void {
    this.places.set(resource, place);
  }

  /** A roster is about to declare these people. */
  expect(people: Iterable<string>): void {
    for (const email of people) this.expected.add(email);
  }

  /** Everyone who is declared so far, or about to be, by canonical address. */
  people(): ReadonlySet<string> {
    return new Set([...this.expected, ...this.owners.keys()]);
  }

  /**
   * Notes that a resource declares a person; the same resource may do so again.
   *
   * @param email canonical.
   * @param resource what tells it from all others: a URN, or any object.
   * @param name what messages call it if no place is noted.
   * @param declared what they call the person or the team.
   * @returns why it must not, because another resource does.
   */
  declare(email: string, resource: unknown, name: string, declared = email): string | undefined {
    const place = this.places.get(resource) ?? name;
    const other = this.owners.get(email);
    if (other !== undefined && other.resource !== resource)
      return `${declared} is declared twice, by ${other.place} and by ${place}. ${this.why}: remove one of the two.`;
    this.owners.set(email, { resource, place });
    return undefined;
  }
}
