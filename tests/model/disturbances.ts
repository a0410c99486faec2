import fc from "fast-check";
import type { FaultKind, FaultSpec } from "headshotpro-emulator";
import { emailOf } from "./people";
import { type Action, type Disturbance, PEOPLE, SLOTS } from "./script";

export const who = fc.constantFrom(...PEOPLE);
export const slot = fc.constantFrom(...SLOTS);
/** Of an organization; mostly the first one. */
export const org = fc.constantFrom(undefined, undefined, undefined, 1);

/** Without what is left out, so that scripts print short. */
export const lean = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T;

export const action: fc.Arbitrary<Action> = fc.constantFrom(
  ...(["accept", "upload", "complete", "complete", "complete", "leave", "leave"] as const),
  ...(["become strange", "revoke by hand", "revoke by hand", "invite by hand", "invite by hand"] as const),
  ...(["move to T1", "move to T2", "move to no team", "move to T1", "move to T2"] as const),
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
    on: fc.constantFrom<FaultSpec["on"]>("any", "create", "get", "list", "revoke"),
    when: fc.constantFrom<"before" | "after">("before", "after"),
    kind,
    times: fc.constantFrom(1, 1, 1, 2, 7),
    after: fc.constantFrom(0, 0, 0, 1, 2),
  })
  .map((spec) => ({ ...spec, ...(spec.kind === "oversized" && { bytes: 1_200_000 }) }));

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
  .tuple(fc.oneof(fault, fault, fault, oddFault), org)
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
const oneIn = <T>(n: number, value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: n - 1 });

export const disturbed: fc.Arbitrary<Disturbance> = fc
  .tuple(
    fc.option(trouble, { nil: {} }),
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
