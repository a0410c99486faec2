import fc from "fast-check";
import type { FaultKind, FaultSpec } from "headshotpro-emulator";
import { type Declared, type Disturbance, type Line, PEOPLE, SLOTS, type Styles } from "./script";

const who = fc.constantFrom(...PEOPLE);
const slot = fc.constantFrom(...SLOTS);
const rarely = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 4 });

/** Without what is left out, so that scripts print short. */
const lean = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined && one !== false)) as T;

const declared: fc.Arbitrary<Declared> = fc
  .record({
    who,
    loud: fc.boolean(),
    teamId: fc.constantFrom(undefined, undefined, "T1", "T2", "T1", "T2", "T9"),
    adopt: fc.constantFrom(undefined, undefined, undefined, true),
    forceDestroy: fc.constantFrom(undefined, undefined, undefined, undefined, true),
    maxRenewals: rarely(fc.constantFrom(0, 1, 2)),
  })
  .map(lean);

const kind: fc.Arbitrary<FaultKind> = fc.oneof(
  fc.constantFrom<FaultKind>("reset", "hang", "truncated", "oversized", "redirect", "html", "empty"),
  fc.constantFrom<FaultKind>("reset", "hang", "truncated", "success-false", { delayMs: 3 }),
  fc.constantFrom<FaultKind>({ status: 500 }, { status: 502, body: "html" }, { status: 503, body: "empty" }),
  fc.constantFrom<FaultKind>(
    { status: 429, retryAfter: 3 },
    { status: 429 },
    { status: 429, retryAfter: 3600 },
  ),
  fc.constantFrom<FaultKind>(
    { status: 429, code: "INVITE_LIMIT_EXCEEDED" },
    { status: 400 },
    { status: 401 },
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

const few = fc.integer({ min: 1, max: 9 });
const action = fc.constantFrom(
  ...(["accept", "upload", "complete", "complete", "leave", "become strange"] as const),
  ...(["revoke by hand", "invite by hand", "move to T1", "move to T2", "move to no team"] as const),
);

const trouble: fc.Arbitrary<Disturbance> = fc.oneof(
  { weight: 4, arbitrary: fc.array(fault, { minLength: 1, maxLength: 2 }).map((faults) => ({ faults })) },
  {
    weight: 3,
    arbitrary: fc.record({
      kill: fc.record({ request: few, when: fc.constantFrom<"before" | "after">("before", "after") }),
      noCheckpoints: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      stop: fc.record({ verbs: fc.integer({ min: 1, max: 4 }), written: fc.boolean() }),
      noCheckpoints: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ meanwhile: fc.record({ request: few, action, who }) }) },
);

const disturbed: fc.Arbitrary<Disturbance> = fc
  .tuple(fc.option(trouble, { nil: {} }), fc.nat(5), fc.nat(19))
  .map(([one, parallel, force]) =>
    lean({ ...one, parallel: parallel === 5 && !("meanwhile" in one), force: force === 19 }),
  );

const edit: fc.Arbitrary<Line> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant("declare" as const), slot, as: declared }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("remove" as const), slot }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("swap" as const), slots: fc.tuple(slot, slot) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant("act" as const), action, who }) },
);

const line: fc.Arbitrary<Line> = fc.oneof(
  { weight: 14, arbitrary: edit },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("wait" as const), days: fc.constantFrom(1, 29, 30, 31, 70) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("credits" as const), left: fc.constantFrom(0, 1, 2, 1000) }),
  },
  { weight: 8, arbitrary: fc.record({ do: fc.constant("up" as const), disturbed }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("refresh" as const), disturbed }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("destroy" as const), disturbed }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("settle" as const) }) },
);

export const scripts = fc.array(line, { minLength: 1, maxLength: 30, size: "max" });

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
  pageSize: fc.constantFrom(undefined, undefined, 2),
});
