import assert from "node:assert/strict";
import type { Emulator, EmulatorOptions, ErrorStyle } from "headshotpro-emulator";
import { type Answer, bring, call, create, emulators, get, list, revoke } from "../support/emulators";

const ADA = "ada@acme.com";
const INVITES = "/organization/invites";
const withKey = (key: string) => ({ headers: { authorization: `Bearer ${key}` } });

interface Case {
  when: string;
  options?: EmulatorOptions;
  request(emulator: Emulator): Promise<Answer>;
  status: number;
  code: string;
  error: string;
}

const MALFORMED = "Invalid email format";
const INVITED = "User with this email already invited";

const CASES: Case[] = [
  ...[
    "ada",
    "ada@",
    "@acme.com",
    "a b@acme.com",
    " ada@acme.com",
    "a@b@acme.com",
    "ada@acme",
    "a\u0007@acme.com",
  ]
    .map((email) => ({ email, what: JSON.stringify(email) }))
    .concat({ email: `${"a".repeat(250)}@acme.com`, what: "an overlong one" })
    .map(({ email, what }) => ({
      when: `the address is malformed: ${what}`,
      request: (emulator: Emulator) => create(emulator, email),
      status: 400,
      code: "INVALID_REQUEST",
      error: MALFORMED,
    })),
  {
    when: "the address is malformed, specific codes",
    options: { codes: "specific" },
    request: (emulator) => create(emulator, "ada"),
    status: 400,
    code: "INVALID_EMAIL",
    error: MALFORMED,
  },
  {
    when: "the address is missing",
    request: (emulator) => create(emulator, undefined),
    status: 400,
    code: "INVALID_REQUEST",
    error: "email is required",
  },
  {
    when: "the team is not a string",
    request: (emulator) => create(emulator, ADA, null),
    status: 400,
    code: "INVALID_REQUEST",
    error: "teamId must be a string",
  },
  ...["pending", "accepted", "uploading", "generating", "completed", "on_hold"].map((status) => ({
    when: `already invited: ${status}`,
    request: (emulator: Emulator) => {
      bring(emulator, ADA, status);
      return create(emulator, ADA);
    },
    status: 400,
    code: "INVALID_REQUEST",
    error: INVITED,
  })),
  {
    when: "already invited, specific codes, and the link has expired",
    options: { codes: "specific" },
    request: (emulator) => {
      bring(emulator, ADA, "pending");
      emulator.clock.advance({ days: 31 });
      return create(emulator, ADA);
    },
    status: 400,
    code: "ALREADY_EXISTS",
    error: INVITED,
  },
  {
    when: "the team is unknown",
    request: (emulator) => create(emulator, ADA, "team_none"),
    status: 404,
    code: "NOT_FOUND",
    error: "Team not found",
  },
  {
    when: "no credits are left",
    options: { credits: 0 },
    request: (emulator) => create(emulator, ADA),
    status: 402,
    code: "INSUFFICIENT_CREDITS",
    error: "Not enough credits",
  },
  {
    when: "too many are pending",
    options: { credits: 1 },
    request: (emulator) => {
      bring(emulator, "bob@acme.com", "pending");
      bring(emulator, "eve@acme.com", "pending");
      return create(emulator, ADA);
    },
    status: 429,
    code: "INVITE_LIMIT_EXCEEDED",
    error: "Too many pending invites",
  },
  {
    when: "getting nobody",
    request: (emulator) => get(emulator, ADA),
    status: 404,
    code: "NOT_FOUND",
    error: "Invite not found",
  },
  {
    when: "revoking nobody",
    request: (emulator) => revoke(emulator, ADA),
    status: 404,
    code: "NOT_FOUND",
    error: "Invite not found",
  },
  {
    when: "revoking the forgotten",
    request: (emulator) => {
      bring(emulator, ADA, "revoked");
      return revoke(emulator, ADA);
    },
    status: 404,
    code: "NOT_FOUND",
    error: "Invite not found",
  },
  {
    when: "revoking the deleted",
    request: (emulator) => {
      bring(emulator, ADA, "deleted");
      return revoke(emulator, ADA);
    },
    status: 400,
    code: "INVALID_REQUEST",
    error: "Invite already deleted",
  },
  {
    when: "revoking the revoked, kept, specific codes",
    options: { revoked: "kept", codes: "specific" },
    request: (emulator) => {
      bring(emulator, ADA, "revoked");
      return revoke(emulator, ADA);
    },
    status: 400,
    code: "ALREADY_DELETED",
    error: "Invite already deleted",
  },
  {
    when: "there is no key",
    request: (emulator) => call(emulator, "GET", INVITES, undefined, { headers: {} }),
    status: 401,
    code: "UNAUTHORIZED",
    error: "Invalid API key",
  },
  {
    when: "the key is wrong",
    request: (emulator) => call(emulator, "GET", INVITES, undefined, withKey("wrong")),
    status: 401,
    code: "UNAUTHORIZED",
    error: "Invalid API key",
  },
  {
    when: "the key is a member's",
    options: { memberKey: "hp_member" },
    request: (emulator) => call(emulator, "GET", INVITES, undefined, withKey("hp_member")),
    status: 403,
    code: "FORBIDDEN",
    error: "Only organization admins can do this",
  },
  ...["{", "", "null", "3", '"ada"'].map((body) => ({
    when: `the body is ${body || "empty"}`,
    request: (emulator: Emulator) => call(emulator, "POST", INVITES, undefined, { body }),
    status: 400,
    code: "INVALID_REQUEST",
    error: "The body is not a JSON object",
  })),
  {
    when: "the body is not declared as JSON",
    request: (emulator) => call(emulator, "POST", INVITES, { email: ADA }, withKey(emulator.apiKey)),
    status: 400,
    code: "INVALID_REQUEST",
    error: "The body is not a JSON object",
  },
  {
    when: "the body is over 1 MiB",
    request: (emulator) => create(emulator, "a".repeat(1024 * 1024)),
    status: 413,
    code: "PAYLOAD_TOO_LARGE",
    error: "Request body too large",
  },
  {
    when: "the percent-encoding is bad",
    request: (emulator) => call(emulator, "GET", `${INVITES}/%E0%A4%A`),
    status: 400,
    code: "INVALID_REQUEST",
    error: "Malformed percent-encoding",
  },
];

describe("emulator: refusals", () => {
  const start = emulators();

  for (const { when, options, request, status, code, error } of CASES) {
    it(`${status} ${code} when ${when}`, async () => {
      const emulator = await start(options);
      const answer = await request(emulator);
      assert.deepEqual(answer.body, { success: false, error, code });
      assert.equal(answer.status, status);
      assert.deepEqual(
        emulator.outbox.filter(({ byHand }) => !byHand),
        [],
        "a refusal e-mails nobody",
      );
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
