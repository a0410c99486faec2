import { Refused } from "./refusals";

/** The teams of an organization, by their ids: no two have the same name. */
export class Teams {
  readonly #names: Map<string, string>;

  constructor(names: Record<string, string>) {
    this.#names = new Map(Object.entries(names));
  }

  /** Names by id. */
  get names(): Record<string, string> {
    return Object.fromEntries(this.#names);
  }

  /** As the API lists them, the oldest first. */
  get list(): { id: string; name: string }[] {
    return [...this.#names].map(([id, name]) => ({ id, name }));
  }

  has(id: string): boolean {
    return this.#names.has(id);
  }

  nameOf(id: string | null): string | null {
    return id === null ? null : (this.#names.get(id) ?? null);
  }

  /** Puts a team there, or names it anew, whatever the others are called. */
  put(id: string, name: string): void {
    this.#names.set(id, name);
  }

  /** Throws {@link Refused} on no name, and on one that exists: names are trimmed, and match in any case. */
  create(id: string, name: string): void {
    this.#names.set(id, this.#checked(name, id));
  }

  /** Throws {@link Refused} as `create` does, and on a team that does not exist. */
  rename(id: string, name: string): void {
    this.mustHave(id);
    this.#names.set(id, this.#checked(name, id));
  }

  /** Throws {@link Refused} on a team that does not exist. */
  delete(id: string): void {
    this.mustHave(id);
    this.#names.delete(id);
  }

  /** Throws {@link Refused} on a team that does not exist. */
  mustHave(id: string): void {
    if (!this.#names.has(id)) throw new Refused("no-team");
  }

  #checked(text: string, id: string): string {
    const name = text.trim();
    if (name === "") throw new Refused("team-name");
    const isTaken = this.list.some(
      (other) => other.id !== id && other.name.trim().toLowerCase() === name.toLowerCase(),
    );
    if (isTaken) throw new Refused("team-exists");
    return name;
  }
}
