import assert from "node:assert/strict";
import type { Emulator, EmulatorOptions } from "headshotpro-emulator";
import { type Answer, bring, call, create, emulators, get, list, revoke } from "../support/emulators";

const ADA = "ada@acme.com";
const INVITES = "/organization/invites";
const MALFORMED = "Invalid email format";
const INVITED = "User with this email already invited";
const UNREADABLE = "The body is not a JSON object";

type Asking = (emulator: Emulator) => Promise<Answer>;
type Row = [when: string, ask: Asking, answer: string, error: string, options?: EmulatorOptions];

const withKey = (key: string) => ({ headers: { authorization: `Bearer ${key}` } });
const getWith =
  (init: RequestInit): Asking =>
  (emulator) =>
    call(emulator, "GET", INVITES, undefined, init);
const post =
  (body?: unknown, init: RequestInit = {}): Asking =>
  (emulator) =>
    call(emulator, "POST", INVITES, body, init);
const invite =
  (email: unknown = ADA, teamId?: unknown): Asking =>
  (emulator) =>
    create(emulator, email, teamId);
/** Somebody is brought to a status first. */
const once =
  (status: string, request: typeof revoke): Asking =>
  (emulator) => {
    bring(emulator, ADA, status);
    return request(emulator, ADA);
  };
/** Two are pending already. */
const third: Asking = (emulator) => {
  for (const name of ["bob", "eve"]) bring(emulator, `${name}@acme.com`, "pending");
  return create(emulator, ADA);
};
const afterAMonth: Asking = (emulator) => {
  bring(emulator, ADA, "pending");
  emulator.clock.advance({ days: 31 });
  return create(emulator, ADA);
};

const BAD = "400 INVALID_REQUEST";
const specific = { codes: "specific" } as const;
const LONG = `${"a".repeat(250)}@acme.com`;
const ADDRESSES = ["@acme.com", "a b@acme.com", "a@b@acme.com", "ada@acme", "a\u0007@acme.com", LONG];

const CASES: readonly Row[] = [
  ...ADDRESSES.map(
    (email): Row => [`the address is ${JSON.stringify(email).slice(0, 30)}`, invite(email), BAD, MALFORMED],
  ),
  ["the address is malformed, specific codes", invite("ada"), "400 INVALID_EMAIL", MALFORMED, specific],
  ["the address is missing", (emulator) => create(emulator, undefined), BAD, "email is required"],
  ["the team is no string", invite(ADA, null), BAD, "teamId must be a string"],
  ...["pending", "completed", "on_hold"].map(
    (status): Row => [`already invited: ${status}`, once(status, create), BAD, INVITED],
  ),
  ["already invited, specific codes, and expired", afterAMonth, "400 ALREADY_EXISTS", INVITED, specific],
  ["the team is unknown", invite(ADA, "team_none"), "404 NOT_FOUND", "Team not found"],
  ["no credits are left", invite(), "402 INSUFFICIENT_CREDITS", "Not enough credits", { credits: 0 }],
  ["too many are pending", third, "429 INVITE_LIMIT_EXCEEDED", "Too many pending invites", { credits: 1 }],
  ["getting nobody", (emulator) => get(emulator, ADA), "404 NOT_FOUND", "Invite not found"],
  ["revoking nobody", (emulator) => revoke(emulator, ADA), "404 NOT_FOUND", "Invite not found"],
  ["revoking the forgotten", once("revoked", revoke), "404 NOT_FOUND", "Invite not found"],
  [
    ...(["revoking the revoked, kept", once("revoked", revoke), "400 ALREADY_DELETED"] as const),
    ...(["Invite already deleted", { revoked: "kept", ...specific }] as const),
  ],
  ["there is no key", getWith({ headers: {} }), "401 UNAUTHORIZED", "Invalid API key"],
  ["the key is wrong", getWith(withKey("wrong")), "401 UNAUTHORIZED", "Invalid API key"],
  [
    ...(["the key is a member's", getWith(withKey("hp_member")), "403 FORBIDDEN"] as const),
    ...(["Only organization admins can do this", { memberKey: "hp_member" }] as const),
  ],
  ...["{", "", "null"].map(
    (body): Row => [`the body is ${body || "empty"}`, post(undefined, { body }), BAD, UNREADABLE],
  ),
  ["the body is not declared as JSON", post({ email: ADA }, withKey("hp_emulator_key")), BAD, UNREADABLE],
  [
    ...(["the body is over 1 MiB", invite("a".repeat(1024 * 1024))] as const),
    ...(["413 PAYLOAD_TOO_LARGE", "Request body too large"] as const),
  ],
  [
    "the percent-encoding is bad",
    (emulator) => call(emulator, "GET", `${INVITES}/%E0%A4%A`),
    ...([BAD, "Malformed percent-encoding"] as const),
  ],
];

/** In the documented envelope. What a client makes of the others is in `tests/provider/client/faults.spec.ts`. */
describe("emulator: refusals", () => {
  const start = emulators();

  for (const [when, ask, expected, error, options] of CASES)
    it(`${expected} when ${when}`, async () => {
      const emulator = await start(options);
      const { status, body } = await ask(emulator);
      const { code, ...rest } = body;
      assert.deepEqual([`${status} ${code}`, rest], [expected, { success: false, error }]);
      const ours = emulator.outbox.filter(({ byHand }) => !byHand);
      assert.deepEqual(ours, [], "a refusal e-mails nobody");
    });

  it("counts only the pending towards the cap, and lets go of those who are revoked", async () => {
    const emulator = await start({ credits: 1 });
    for (const name of ["bob", "eve"]) bring(emulator, `${name}@acme.com`, "pending");
    emulator.accept("bob@acme.com");
    assert.equal((await create(emulator, ADA)).status, 200);
    emulator.revokeByHand("eve@acme.com");
    assert.equal((await create(emulator, "zoe@acme.com")).status, 200);
  });

  for (const request of [
    ...["POST /organization", "GET /organizations", "GET /organization/teams/team_a/members"],
    ...["PUT /organization/invites", "GET /organization/invites/", "GET /organization/invites/a@b.co/more"],
  ])
    it(`a bare 404 for ${request}, as from a wrong base URL`, async () => {
      const emulator = await start();
      const [method = "", path = ""] = request.split(" ");
      const { status, headers, body } = await call(emulator, method, path);
      assert.deepEqual([status, body, emulator.requests[0]?.verb], [404, undefined, "other"]);
      assert.match(headers.get("content-type") ?? "", /^text\/html/);
    });

  it("wraps a success as told: flat, data and bare", async () => {
    const invites: unknown[] = [];
    const listed = async (options: EmulatorOptions) => (await list(await start(options))).body;
    assert.deepEqual(await listed({}), { success: true, invites });
    assert.deepEqual(await listed({ envelope: "data" }), { success: true, data: { invites } });
    assert.deepEqual(await listed({ envelope: "bare" }), { invites });
  });
});
