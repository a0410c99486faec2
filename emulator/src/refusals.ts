/** Which codes a refusal carries: the invites page's own, or the finer ones of the vendor's other pages. */
export type CodeStyle = "seed" | "specific";

interface Refusal {
  status: number;
  code: string;
  /** Where the vendor's other pages name a finer code. */
  specific?: string;
  message: string;
  /** The field at fault, for envelopes that name one. */
  field?: string;
}

const REFUSALS = {
  "bad-request": { status: 400, code: "INVALID_REQUEST", message: "Invalid request" },
  "malformed-email": {
    status: 400,
    code: "INVALID_REQUEST",
    specific: "INVALID_EMAIL",
    message: "Invalid email format",
    field: "email",
  },
  "already-invited": {
    status: 400,
    code: "INVALID_REQUEST",
    specific: "ALREADY_EXISTS",
    message: "User with this email already invited",
    field: "email",
  },
  "already-over": {
    status: 400,
    code: "INVALID_REQUEST",
    specific: "ALREADY_DELETED",
    message: "Invite already deleted",
    field: "email",
  },
  "team-name": { status: 400, code: "INVALID_REQUEST", message: "Team name is required", field: "name" },
  "team-exists": {
    status: 400,
    code: "INVALID_REQUEST",
    message: "Team with this name already exists",
    field: "name",
  },
  "no-member": {
    status: 400,
    code: "INVALID_REQUEST",
    message: "Only members of the organization can be assigned",
    field: "emails",
  },
  unauthorized: { status: 401, code: "UNAUTHORIZED", message: "Invalid API key" },
  forbidden: { status: 403, code: "FORBIDDEN", message: "Only organization admins can do this" },
  "out-of-scope": { status: 403, code: "FORBIDDEN", message: "The API key does not have the required scope" },
  "no-credits": { status: 402, code: "INSUFFICIENT_CREDITS", message: "Not enough credits" },
  "no-team": { status: 404, code: "NOT_FOUND", message: "Team not found", field: "teamId" },
  "no-invite": { status: 404, code: "NOT_FOUND", message: "Invite not found", field: "email" },
  "too-large": { status: 413, code: "PAYLOAD_TOO_LARGE", message: "Request body too large" },
  "too-many-pending": { status: 429, code: "INVITE_LIMIT_EXCEEDED", message: "Too many pending invites" },
  "rate-limited": { status: 429, code: "RATE_LIMIT_EXCEEDED", message: "Rate limit exceeded" },
} as const satisfies Record<string, Refusal>;

export type RefusalReason = keyof typeof REFUSALS;

/** What an error envelope is made of. */
export interface Problem {
  status: number;
  code?: string;
  message: string;
  field?: string;
}

/** A rule of the organization said no. */
export class Refused extends Error {
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason, message: string = REFUSALS[reason].message) {
    super(message);
    this.name = "Refused";
    this.reason = reason;
  }
}

export function toProblem({ reason, message }: Refused, codes: CodeStyle): Problem & { code: string } {
  const { status, code, specific, field }: Refusal = REFUSALS[reason];
  const chosen = codes === "specific" ? (specific ?? code) : code;
  return { status, code: chosen, message, ...(field && { field }) };
}
