import { Refused } from "./refusals";

export const SCOPES = ["Organization", "Invites", "Teams", "Models", "Photos"] as const;

/** What a key may be limited to. */
export type Scope = (typeof SCOPES)[number];

/** A key that may do everything, or one that is limited to scopes. */
export type ApiKey = string | { key: string; scopes: readonly Scope[] };

/** The keys of one organization: several at once, and others while it runs. */
export class Keys {
  readonly #accepted = new Map<string, readonly Scope[]>();
  readonly #known = new Set<string>();
  readonly #member: string | undefined;

  /** @param member a key that is known, but not an admin's. */
  constructor(accepted: readonly ApiKey[], member?: string) {
    if (accepted.length === 0) throw new Error("an emulator takes at least one API key");
    for (const one of accepted) {
      if (typeof one === "string") this.accept(one);
      else this.accept(one.key, one.scopes);
    }
    this.#member = member;
    if (member !== undefined) this.#known.add(member);
  }

  get accepted(): string[] {
    return [...this.#accepted.keys()];
  }

  /** Accepts a key, or changes the scopes of one that is accepted. Throws on an empty key and on an unknown scope. */
  accept(key: string, scopes: readonly Scope[] = SCOPES): void {
    if (typeof key !== "string" || key === "") throw new Error("an API key cannot be empty");
    // Scopes come from a command line and over HTTP as well, where no compiler has looked at them.
    const unknown = scopes.find((scope) => !SCOPES.includes(scope));
    if (unknown !== undefined) throw new Error(`there is no scope ${unknown}: it is ${SCOPES.join(", ")}`);
    this.#accepted.set(key, scopes);
    this.#known.add(key);
  }

  refuse(key: string): void {
    this.#accepted.delete(key);
  }

  /** Throws {@link Refused} unless the key of this header may do this. */
  authorize(header: string | undefined, scope: Scope | undefined): void {
    const key = /^Bearer (.+)$/i.exec(header ?? "")?.[1];
    if (key === undefined) throw new Refused("unauthorized");
    const scopes = this.#accepted.get(key);
    if (!scopes) throw new Refused(key === this.#member ? "forbidden" : "unauthorized");
    if (scope && !scopes.includes(scope)) {
      throw new Refused("out-of-scope", `The API key does not have the scope ${scope}`);
    }
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
