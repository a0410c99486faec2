/** What a step has to come to. */
export interface Expected {
  /** Whether the command is refused; without it, the command has to succeed. */
  refused?: boolean;
  /** What changes at the API: `create ada@acme.com`, `revoke ada@acme.com`, in any order. */
  changes: string[];
  /** The most requests that it may take, the changes included. */
  maxRequests: number;
  /** Who gets an e-mail. */
  emails: string[];
  /** How far everybody is at the API afterwards. */
  people: Record<string, string>;
  /** Who is in Pulumi's state afterwards, and how far; not looked at if left out. */
  state?: Record<string, string>;
  /** What pulumi has to have printed. */
  printed?: RegExp;
}

/** What a step came to. */
export interface Seen {
  code: number;
  printed: string;
  requests: readonly { method: string; path: string; verb: string; email?: string }[];
  emails: string[];
  people: Record<string, string>;
  state?: Record<string, string>;
}

/** Says what is not as it should be, a line each; none: all is well. */
export function differences(expected: Expected, seen: Seen): string[] {
  const found: string[] = [];
  const compare = (what: string, wanted: string[], got: string[]) => {
    const [want, have] = [wanted, got].map((list) => [...list].sort().join(", ") || "none");
    if (want !== have) found.push(`${what}: expected ${want}; saw ${have}`);
  };

  if ((seen.code !== 0) !== Boolean(expected.refused))
    found.push(`pulumi ended ${seen.code}; expected ${expected.refused ? "a refusal" : "0"}`);
  if (expected.printed && !expected.printed.test(seen.printed))
    found.push(`pulumi did not print ${expected.printed}`);
  if (seen.requests.length > expected.maxRequests) {
    const lines = seen.requests.map(({ method, path }) => `${method} ${path}`).join(", ");
    found.push(`requests: expected at most ${expected.maxRequests}; saw ${seen.requests.length}: ${lines}`);
  }
  const writes = seen.requests.filter(({ method }) => method !== "GET");
  compare(
    "changes at the API",
    expected.changes,
    writes.map(({ verb, email }) => `${verb} ${email}`),
  );
  compare("e-mails", expected.emails, seen.emails);
  compare("people at the API", entries(expected.people), entries(seen.people));
  if (expected.state) compare("people in the state", entries(expected.state), entries(seen.state ?? {}));
  return found;
}

/** Says who was not e-mailed exactly once, and who still has an invite, when all is over. */
export function leftovers(invited: string[], emails: string[], people: Record<string, string>): string[] {
  const everybody = [...new Set([...invited, ...emails])];
  const times = (email: string, list: string[]) => list.filter((other) => other === email).length;
  return [
    ...everybody
      .filter((email) => times(email, emails) !== times(email, invited))
      .map(
        (email) => `${email} was invited ${times(email, invited)} ×, and e-mailed ${times(email, emails)} ×`,
      ),
    ...Object.entries(people)
      .filter(([, status]) => status !== "revoked")
      .map(([email, status]) => `${email} is left at the API: ${status}`),
  ];
}

function entries(record: Record<string, string>): string[] {
  return Object.entries(record).map(([email, status]) => `${email} ${status}`);
}
