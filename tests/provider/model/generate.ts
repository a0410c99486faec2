import fc from "fast-check";
import type { FaultKind, FaultSpec } from "headshotpro-emulator";
import { emailOf } from "./organizations";
import {
  type Action,
  type Declared,
  type Disturbance,
  type Line,
  PEOPLE,
  PROVIDERS,
  SLOTS,
  type Styles,
} from "./script";

/** The more often the same ones, the more happens to them. */
const who = fc.constantFrom("ada", "ada", "ada", "bob", "bob", ...PEOPLE);
const slot = fc.constantFrom(...SLOTS);
/** Of an organization; mostly the first one. */
const org = fc.constantFrom(undefined, undefined, undefined, 1);

/** Without what is left out, so that scripts print short. */
const lean = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T;

const action: fc.Arbitrary<Action> = fc.constantFrom(
  ...([
    "accept",
    "accept",
    "upload",
    "complete",
    "complete",
    "complete",
    "complete",
    "leave",
    "leave",
  ] as const),
  ...(["become strange", "revoke by hand", "revoke by hand", "invite by hand", "invite by hand"] as const),
  ...(["move to T1", "move to T2", "move to no team", "move to T1", "move to T2"] as const),
  ...(["get a retry", "be invited to the next shoot", "be invited to the next shoot"] as const),
  ...(["come to the next shoot", "complete"] as const),
  ...(["get an older completed entry", "get a newer pending entry"] as const),
);

const kind: fc.Arbitrary<FaultKind> = fc.oneof(
  fc.constantFrom<FaultKind>("reset", "hang", "truncated", "oversized", "redirect", "html", "empty"),
  fc.constantFrom<FaultKind>("reset", "hang", "truncated", "success-false", { delayMs: 3 }),
  fc.constantFrom<FaultKind>({ status: 500 }, { status: 502, body: "html" }, { status: 503, body: "empty" }),
  fc.constantFrom<FaultKind>(
    ...[{ status: 429, retryAfter: 3 }, { status: 429 }, { status: 429, retryAfter: 3600 }],
    ...[{ status: 429, code: "INVITE_LIMIT_EXCEEDED" }, { status: 400 }, { status: 401 }],
  ),
  fc.constantFrom<FaultKind>({ status: 402 }, { status: 403 }, { status: 404, body: "html" }),
);

const fault: fc.Arbitrary<FaultSpec> = fc
  .record({
    on: fc.constantFrom<FaultSpec["on"]>("any", "create", "get", "list", "revoke", "assign"),
    when: fc.constantFrom<"before" | "after">("before", "after"),
    kind,
    times: fc.constantFrom(1, 1, 1, 2, 7),
    after: fc.constantFrom(0, 0, 0, 1, 2),
  })
  .map((spec) => ({ ...spec, ...(spec.kind === "oversized" && { bytes: 1_200_000 }) }));

/** A move that the API answers like one that it has carried out. */
const noMove: fc.Arbitrary<FaultSpec> = fc.record({
  on: fc.constant<FaultSpec["on"]>("assign"),
  kind: fc.constant<FaultKind>("no-effect"),
  times: fc.constantFrom(1, 1, 7),
});

/** Answers of which the documentation says nothing. */
const oddFault: fc.Arbitrary<FaultSpec> = fc.oneof(
  fc.record({
    on: fc.constantFrom<FaultSpec["on"]>("create", "get", "revoke"),
    when: fc.constantFrom<"before" | "after">("before", "after"),
    kind: fc.constant<FaultKind>("somebody-else"),
    about: who.map(emailOf),
    times: fc.constantFrom(1, 1, 2, 7),
  }),
  fc.record({
    on: fc.constant<FaultSpec["on"]>("list"),
    kind: fc.constant<FaultKind>("unreadable-rows"),
    rows: fc.constantFrom(1, 3),
    times: fc.constantFrom(1, 7),
  }),
);

const faultOfOrg = fc
  .tuple(fc.oneof(fault, fault, fault, oddFault, noMove), org)
  .map(([spec, org]) => lean({ ...spec, org }));
const few = fc.integer({ min: 1, max: 9 });
const moment = fc.record({ request: few, when: fc.constantFrom<"before" | "after">("before", "after") });
const noCheckpoints = fc.constantFrom(undefined, true as const);

const trouble: fc.Arbitrary<Disturbance> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.array(faultOfOrg, { minLength: 1, maxLength: 2 }).map((faults) => ({ faults })),
  },
  { weight: 3, arbitrary: fc.record({ kill: moment, noCheckpoints }).map(lean) },
  { weight: 1, arbitrary: fc.record({ crash: moment }) },
  {
    weight: 2,
    arbitrary: fc
      .record({
        stop: fc.record({ verbs: fc.integer({ min: 1, max: 4 }), written: fc.boolean() }),
        noCheckpoints,
      })
      .map(lean),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      meanwhile: fc.record({ request: few, action, who, org }).map((one) => lean(one)),
    }),
  },
);

const slots = fc.uniqueArray(slot, { minLength: 1, maxLength: 2 });

/** One command in `n`. */
const oneIn = <T>(n: number, value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: n - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });

const disturbed: fc.Arbitrary<Disturbance> = fc
  .tuple(
    oneIn(2, trouble).map((one) => one ?? {}),
    fc.record({
      parallel: oneIn(6, fc.constant(true)),
      force: oneIn(12, fc.constant(true)),
      target: oneIn(12, slots),
      replace: oneIn(12, slots),
    }),
  )
  .map(
    ([one, { parallel, ...told }]) =>
      lean({ ...one, ...told, parallel: "meanwhile" in one ? undefined : parallel }) as Disturbance,
  );

const declared: fc.Arbitrary<Declared> = fc
  .record({
    who,
    at: fc.constantFrom(undefined, undefined, undefined, undefined, undefined, "E", "E", "S", "K"),
    loud: oneIn(8, fc.constant(true)),
    teamId: fc.oneof(
      { weight: 20, arbitrary: fc.constantFrom(undefined, "T1", "T2") },
      { weight: 1, arbitrary: fc.constant("T9") },
    ),
    adopt: fc.oneof(
      { weight: 12, arbitrary: fc.constantFrom(undefined, undefined, true) },
      { weight: 1, arbitrary: fc.constant(false) },
    ),
    forceDestroy: fc.constantFrom(undefined, undefined, undefined, undefined, true, false),
    maxRenewals: oneIn(8, fc.constantFrom(0, 1, 2)),
    resend: oneIn(3, fc.constantFrom(0, 1, 2)),
    retainOnDelete: oneIn(15, fc.constant(true)),
    protect: oneIn(30, fc.constant(true)),
    deleteBeforeReplace: oneIn(8, fc.boolean()),
  })
  .map((one) => lean(one) as Declared);

const provider = fc.constantFrom(...PROVIDERS);

const edit: fc.Arbitrary<Line> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant("declare" as const), slot, as: declared }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("move" as const), slot, at: provider }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("remove" as const), slot }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("swap" as const), slots: fc.tuple(slot, slot) }) },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant("team" as const), slot, teamId: fc.constantFrom("T1", "T2") }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("raise" as const), slot, resend: fc.constantFrom(0, 1, 2, 3) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("give" as const), from: slot, to: slot, at: provider }),
  },
  {
    weight: 9,
    arbitrary: fc
      .record({ do: fc.constant("act" as const), action, who, org })
      .map((one) => lean(one) as Line),
  },
);

/** What an admin sets at the dashboard. */
const setting: fc.Arbitrary<Line> = fc.oneof(
  fc
    .record({ do: fc.constant("retain" as const), days: fc.constantFrom(30, 30, 60, undefined), org })
    .map((one) => lean(one) as Line),
  fc
    .record({
      do: fc.constant("scope" as const),
      provider,
      without: fc.constantFrom("Organization" as const, "Teams" as const, undefined),
    })
    .map((one) => lean(one) as Line),
);

const line: fc.Arbitrary<Line> = fc.oneof(
  { weight: 14, arbitrary: edit },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom("rename" as const, "rotate" as const), provider }),
  },
  { weight: 2, arbitrary: setting },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("taint" as const), slot }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("wait" as const), days: fc.constantFrom(1, 29, 30, 31, 70) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("credits" as const), left: fc.constantFrom(0, 2, 1000, 1000) }),
  },
  { weight: 8, arbitrary: fc.record({ do: fc.constant("up" as const), disturbed }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("refresh" as const), disturbed }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("destroy" as const), disturbed }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("settle" as const) }) },
);

/** People who are there before anything else happens, and of whom one may have come further. */
const first: fc.Arbitrary<Line[]> = fc
  .tuple(declared, declared, fc.array(fc.tuple(action, who), { maxLength: 2 }), oneIn(2, fc.constant("T2")))
  .map(([one, other, actions, teamId]) => [
    { do: "declare", slot: "a", as: { ...one, who: "ada" } },
    { do: "declare", slot: "b", as: other },
    { do: "up", disturbed: {} },
    ...actions.map(([action, who]): Line => ({ do: "act", action, who })),
    ...(teamId ? [{ do: "team", slot: "a", teamId } as const] : []),
  ]);

export const scripts: fc.Arbitrary<Line[]> = fc
  .tuple(oneIn(2, first), fc.array(line, { minLength: 1, maxLength: 30, size: "max" }))
  .map(([start = [], lines]) => [...start, ...lines]);

/** Three edits, and a command without disturbances; four times. */
export const quietLines: fc.Arbitrary<Line[]> = fc
  .array(
    fc.tuple(
      fc.array(edit, { minLength: 3, maxLength: 3 }),
      fc.constantFrom<Line>(
        ...(["up", "up", "refresh"] as const).map((name) => ({ do: name, disturbed: {} }) as Line),
      ),
    ),
    { minLength: 3, maxLength: 4 },
  )
  .map((parts) => parts.flatMap(([edits, command]) => [...edits, command]));

export const styles: fc.Arbitrary<Styles> = fc.record({
  envelope: fc.constantFrom("flat", "data", "bare"),
  errors: fc.constantFrom("documented", "documented", "nested", "message"),
  codes: fc.constantFrom("seed", "specific"),
  revoked: fc.constantFrom("forgotten", "kept"),
  getAnswers: fc.constantFrom("newest", "newest", "oldest"),
  pageSize: fc.constantFrom(undefined, undefined, 2),
});
