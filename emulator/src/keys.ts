export const SCOPES = ["Organization", "Invites", "Teams", "Models", "Photos"] as const;

/** What a key may be limited to. */
export type Scope = (typeof SCOPES)[number];

/** A key that may do everything, or one that is limited to scopes. */
export type ApiKey = string | { key: string; scopes: readonly Scope[] };

/** The keys of one organization: several at once, and others while it runs. */
export class Keys {
  readonly #accepted = new Map<string, readonly Scope[]>();
  readonly #known = new Set<string>();

  /** @param member a key that is known, but not an admin's. */
  constructor(accepted: readonly ApiKey[], member?: string) {
    if (accepted.length === 0) throw new Error("an emulator takes at least one API key");
    for (const one of accepted) {
      if (typeof one === "string") this.accept(one);
      else this.accept(one.key, one.scopes);
    }
    if (member !== undefined) this.#known.add(member);
  }

  get accepted(): string[] {
    return [...this.#accepted.keys()];
  }

  /** Also changes the scopes of a key that is accepted already. */
  accept(key: string, scopes: readonly Scope[] = SCOPES): void {
    if (key === "") throw new Error("an API key cannot be empty");
    for (const scope of scopes) checkScope(scope);
    this.#accepted.set(key, scopes);
    this.#known.add(key);
  }

  refuse(key: string): void {
    this.#accepted.delete(key);
  }

  /** What a key may do; undefined for one that is not accepted. */
  scopes(key: string): readonly Scope[] | undefined {
    return this.#accepted.get(key);
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

/** Throws on a scope that no key can have: scopes come from a command line and over HTTP as well. */
function checkScope(scope: string): void {
  if (SCOPES.includes(scope as Scope)) return;
  throw new Error(`there is no scope ${scope}: it is ${SCOPES.join(", ")}`);
}
