import assert from "node:assert/strict";
import type { Emulator, EmulatorOptions, ErrorStyle } from "headshotpro-emulator";
import { type Answer, bring, call, create, emulators, get, list, revoke } from "../support/emulators";

const ADA = "ada@acme.com";
const INVITES = "/organization/invites";
const withKey = (key: string) => ({ headers: { authorization: `Bearer ${key}` } });

type Row = readonly [
  when: string,
  request: (emulator: Emulator) => Promise<Answer>,
  status: number,
  code: string,
  error: string,
  options?: EmulatorOptions,
];

const MALFORMED = "Invalid email format";
const INVITED = "User with this email already invited";
const UNREADABLE = "The body is not a JSON object";

/** Somebody is brought to a status first. */
const once = (status: string, request: typeof revoke) => (emulator: Emulator) => {
  bring(emulator, ADA, status);
  return request(emulator, ADA);
};
const getWith = (init: RequestInit) => (emulator: Emulator) =>
  call(emulator, "GET", INVITES, undefined, init);
const specific = { codes: "specific" } as const;

const CASES: readonly Row[] = [
  ...[
    "ada",
    "ada@",
    "@acme.com",
    "a b@acme.com",
    " ada@acme.com",
    "a@b@acme.com",
    "ada@acme",
    "a\u0007@acme.com",
    `${"a".repeat(250)}@acme.com`,
  ].map(
    (email): Row => [
      `the address is malformed: ${JSON.stringify(email).slice(0, 30)}`,
      (emulator) => create(emulator, email),
      400,
      "INVALID_REQUEST",
      MALFORMED,
    ],
  ),
  [
    "the address is malformed, specific codes",
    (one) => create(one, "ada"),
    400,
    "INVALID_EMAIL",
    MALFORMED,
    specific,
  ],
  ["the address is missing", (one) => create(one, undefined), 400, "INVALID_REQUEST", "email is required"],
  [
    "the team is no string",
    (one) => create(one, ADA, null),
    400,
    "INVALID_REQUEST",
    "teamId must be a string",
  ],
  ...["pending", "accepted", "uploading", "generating", "completed", "on_hold"].map(
    (status): Row => [`already invited: ${status}`, once(status, create), 400, "INVALID_REQUEST", INVITED],
  ),
  [
    "already invited, specific codes, and the link has expired",
    (emulator) => {
      bring(emulator, ADA, "pending");
      emulator.clock.advance({ days: 31 });
      return create(emulator, ADA);
    },
    400,
    "ALREADY_EXISTS",
    INVITED,
    specific,
  ],
  ["the team is unknown", (one) => create(one, ADA, "team_none"), 404, "NOT_FOUND", "Team not found"],
  [
    "no credits are left",
    (one) => create(one, ADA),
    402,
    "INSUFFICIENT_CREDITS",
    "Not enough credits",
    { credits: 0 },
  ],
  [
    "too many are pending",
    (emulator) => {
      for (const name of ["bob", "eve"]) bring(emulator, `${name}@acme.com`, "pending");
      return create(emulator, ADA);
    },
    429,
    "INVITE_LIMIT_EXCEEDED",
    "Too many pending invites",
    { credits: 1 },
  ],
  ["getting nobody", (one) => get(one, ADA), 404, "NOT_FOUND", "Invite not found"],
  ["revoking nobody", (one) => revoke(one, ADA), 404, "NOT_FOUND", "Invite not found"],
  ["revoking the forgotten", once("revoked", revoke), 404, "NOT_FOUND", "Invite not found"],
  ["revoking the deleted", once("deleted", revoke), 400, "INVALID_REQUEST", "Invite already deleted"],
  [
    "revoking the revoked, kept, specific codes",
    once("revoked", revoke),
    400,
    "ALREADY_DELETED",
    "Invite already deleted",
    { revoked: "kept", ...specific },
  ],
  ["there is no key", getWith({ headers: {} }), 401, "UNAUTHORIZED", "Invalid API key"],
  ["the key is wrong", getWith(withKey("wrong")), 401, "UNAUTHORIZED", "Invalid API key"],
  [
    "the key is a member's",
    getWith(withKey("hp_member")),
    403,
    "FORBIDDEN",
    "Only organization admins can do this",
    { memberKey: "hp_member" },
  ],
  ...["{", "", "null", "3", '"ada"'].map(
    (body): Row => [
      `the body is ${body || "empty"}`,
      (emulator) => call(emulator, "POST", INVITES, undefined, { body }),
      400,
      "INVALID_REQUEST",
      UNREADABLE,
    ],
  ),
  [
    "the body is not declared as JSON",
    (emulator) => call(emulator, "POST", INVITES, { email: ADA }, withKey(emulator.apiKey)),
    400,
    "INVALID_REQUEST",
    UNREADABLE,
  ],
  [
    "the body is over 1 MiB",
    (emulator) => create(emulator, "a".repeat(1024 * 1024)),
    413,
    "PAYLOAD_TOO_LARGE",
    "Request body too large",
  ],
  [
    "the percent-encoding is bad",
    (emulator) => call(emulator, "GET", `${INVITES}/%E0%A4%A`),
    400,
    "INVALID_REQUEST",
    "Malformed percent-encoding",
  ],
];

describe("emulator: refusals", () => {
  const start = emulators();

  for (const [when, request, status, code, error, options] of CASES) {
    it(`${status} ${code} when ${when}`, async () => {
      const emulator = await start(options);
      const answer = await request(emulator);
      assert.deepEqual([answer.status, answer.body], [status, { success: false, error, code }]);
      const sent = emulator.outbox.filter(({ byHand }) => !byHand);
      assert.deepEqual(sent, [], "a refusal e-mails nobody");
    });
  }

  it("counts only the pending towards the cap, and lets go of those who accept or are revoked", async () => {
    const emulator = await start({ credits: 1 });
    bring(emulator, "bob@acme.com", "pending");
    bring(emulator, "eve@acme.com", "pending");
    emulator.accept("bob@acme.com");
    assert.equal((await create(emulator, ADA)).status, 200);
    assert.equal((await create(emulator, "zoe@acme.com")).status, 429);
    emulator.revokeByHand("eve@acme.com");
    assert.equal((await create(emulator, "zoe@acme.com")).status, 200);
  });

  for (const [method, path] of [
    ["POST", "/organization"],
    ["GET", "/organizations"],
    ["PUT", "/organization/teams"],
    ["GET", "/organization/teams/team_a/members"],
    ["GET", "/organization/invites/"],
    ["GET", "/organization/invitesss"],
    ["GET", "/organization/invites/a@b.co/more"],
    ["DELETE", "/organization/invites/a@b.co"],
    ["PUT", "/organization/invites"],
  ] as const) {
    it(`a bare 404 for ${method} ${path}, as from a wrong base URL`, async () => {
      const emulator = await start();
      const { status, headers, body } = await call(emulator, method, path);
      assert.equal(status, 404);
      assert.match(headers.get("content-type") ?? "", /^text\/html/);
      assert.equal(body, undefined);
      assert.equal(emulator.requests[0]?.verb, "other");
    });
  }
});

describe("emulator: envelopes", () => {
  const start = emulators();
  const message = MALFORMED;
  const code = "INVALID_REQUEST";

  const errors: [ErrorStyle, number, unknown, string?][] = [
    ["documented", 400, { success: false, error: message, code }],
    ["nested", 400, { error: { code, message } }],
    ["message", 400, { message, code }],
    ["error", 400, { error: message }],
    ["errors", 400, { errors: [{ message, path: "email" }] }],
    ["errors-msg", 400, { errors: [{ msg: message, param: "email" }] }],
    ["errors-field", 400, { errors: [{ message, field: "email" }] }],
    ["status-code", 400, { statusCode: 400, error: "Bad Request", message }],
    ["status-code-list", 400, { statusCode: 400, error: "Bad Request", message: [message] }],
    ["ok", 200, { success: false, error: message, code }],
    ["text", 400, undefined, message],
    ["empty", 400, undefined, ""],
  ];
  for (const [style, status, body, text] of errors) {
    it(`error: ${style}`, async () => {
      const answer = await create(await start({ errors: style }), "ada");
      assert.equal(answer.status, status);
      assert.deepEqual(answer.body, body);
      if (text !== undefined) assert.equal(answer.text, text);
    });
  }

  it("error: html", async () => {
    const { status, text } = await create(await start({ errors: "html" }), "ada");
    assert.equal(status, 400);
    assert.match(text, /^<!DOCTYPE html>/);
  });

  it("success: flat, data and bare", async () => {
    const invites: unknown[] = [];
    assert.deepEqual((await list(await start())).body, { success: true, invites });
    assert.deepEqual((await list(await start({ envelope: "data" }))).body, {
      success: true,
      data: { invites },
    });
    assert.deepEqual((await list(await start({ envelope: "bare" }))).body, { invites });
  });
});
