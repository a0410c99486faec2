/** The keys of one organization: several at once, and others while it runs. */
export class Keys {
  readonly #accepted = new Set<string>();
  readonly #known = new Set<string>();

  /** @param member a key that is known, but not an admin's. */
  constructor(accepted: readonly string[], member?: string) {
    if (accepted.length === 0) throw new Error("an emulator takes at least one API key");
    for (const key of accepted) this.accept(key);
    if (member !== undefined) this.#known.add(member);
  }

  get accepted(): string[] {
    return [...this.#accepted];
  }

  accept(key: string): void {
    if (key === "") throw new Error("an API key cannot be empty");
    this.#accepted.add(key);
    this.#known.add(key);
  }

  refuse(key: string): void {
    this.#accepted.delete(key);
  }

  has(key: string): boolean {
    return this.#accepted.has(key);
  }

  /** A client may put its key where it does not belong; it must not get into the log from there. */
  redact(text: string): string {
    // A key that begins with another one goes first, or its rest would stay.
    const known = [...this.#known].sort((one, other) => other.length - one.length);
    return known.reduce(
      (rest, key) => rest.replaceAll(key, "[key]").replaceAll(encodeURIComponent(key), "[key]"),
      text,
    );
  }
}
