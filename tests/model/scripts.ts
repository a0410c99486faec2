import fc from "fast-check";
import { action, disturbed, lean, org, slot, who } from "./disturbances";
import { type Declared, type Line, PROVIDERS, type Styles, TEAM_IDS } from "./script";

/** Seldom what stops a whole command, or scripts come to nothing. */
const oneIn = <T>(n: number, value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: n - 1 });
const rarely = <T>(value: fc.Arbitrary<T>) => oneIn(8, value);

const declared: fc.Arbitrary<Declared> = fc
  .record({
    who,
    at: fc.constantFrom(undefined, undefined, undefined, undefined, undefined, "E", "E", "S", "K"),
    loud: rarely(fc.constant(true)),
    teamId: fc.oneof(
      { weight: 20, arbitrary: fc.constantFrom(undefined, "T1", "T2") },
      { weight: 1, arbitrary: fc.constant("T9") },
    ),
    team: fc.oneof(
      { weight: 30, arbitrary: fc.constantFrom(undefined, undefined, "One", "Two") },
      { weight: 2, arbitrary: fc.constantFrom("First", "Second", "T1", "Nine") },
    ),
    adopt: fc.oneof(
      { weight: 12, arbitrary: fc.constantFrom(undefined, undefined, true) },
      { weight: 1, arbitrary: fc.constant(false) },
    ),
    forceDestroy: fc.constantFrom(undefined, undefined, undefined, undefined, true, false),
    maxRenewals: rarely(fc.constantFrom(0, 1, 2)),
    resend: oneIn(3, fc.constantFrom(0, 1, 2)),
    retainOnDelete: oneIn(15, fc.constant(true)),
    protect: oneIn(30, fc.constant(true)),
    deleteBeforeReplace: rarely(fc.boolean()),
  })
  .map(({ team, teamId, ...one }) => lean({ ...one, ...(team ? { team } : { teamId }) }) as Declared);

const provider = fc.constantFrom(...PROVIDERS);

const edit: fc.Arbitrary<Line> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant("declare" as const), slot, as: declared }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("move" as const), slot, at: provider }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("remove" as const), slot }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("swap" as const), slots: fc.tuple(slot, slot) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("raise" as const), slot, resend: fc.constantFrom(0, 1, 2, 3) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("give" as const), from: slot, to: slot, at: provider }),
  },
  {
    weight: 5,
    arbitrary: fc
      .record({ do: fc.constant("act" as const), action, who, org })
      .map((one) => lean(one) as Line),
  },
);

/** What keeps the reach of a run within bounds, and the names of the teams that it is about. */
const rail: fc.Arbitrary<Line> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc
      .record({
        do: fc.constant("allow" as const),
        domain: fc.constantFrom(undefined, "acme.com", "acme.com"),
      })
      .map((one) => lean(one) as Line),
  },
  {
    weight: 3,
    arbitrary: fc
      .record({ do: fc.constant("limit" as const), removals: fc.constantFrom(undefined, 0, 0, 1) })
      .map((one) => lean(one) as Line),
  },
  {
    weight: 1,
    arbitrary: fc
      .record({ do: fc.constant("rename team" as const), team: fc.constantFrom(...TEAM_IDS), org })
      .map((one) => lean(one) as Line),
  },
);

const line: fc.Arbitrary<Line> = fc.oneof(
  { weight: 14, arbitrary: edit },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom("rename" as const, "rotate" as const), provider }),
  },
  { weight: 4, arbitrary: rail },
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
  getAnswers: fc.constantFrom("newest", "newest", "oldest"),
  pageSize: fc.constantFrom(undefined, undefined, 2),
});
