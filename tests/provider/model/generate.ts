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
  type Withheld,
} from "./script";

const pick = fc.constantFrom;

const mix = <T>(...parts: [weight: number, arbitrary: fc.Arbitrary<T>][]) =>
  fc.oneof(...parts.map(([weight, arbitrary]) => ({ weight, arbitrary })));

/** One time in `n`. */
const oneIn = <T>(n: number, value: fc.Arbitrary<T>) =>
  mix<T | undefined>([n - 1, fc.constant(undefined)], [1, value]);

/** Without what is left out, so that scripts print short. */
const lean = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T;
const record = <T extends object>(parts: { [Key in keyof T]: fc.Arbitrary<T[Key]> }) =>
  fc.record(parts).map((value) => lean(value as T));

const line = (name: Line[0], ...args: fc.Arbitrary<unknown>[]) =>
  fc.tuple(...args).map((values) => {
    while (values.length > 0 && values.at(-1) === undefined) values.pop();
    return [name, ...values] as unknown as Line;
  });

/** The more often the same ones, the more happens to them. */
const who = pick("ada", "ada", "ada", "bob", "bob", ...PEOPLE);
const slot = pick(...SLOTS);
const slots = fc.uniqueArray(slot, { minLength: 1, maxLength: 2 });
/** Mostly the default one. */
const provider = pick(...PROVIDERS);
/** Of an organization; mostly the first one. */
const org = pick(undefined, undefined, undefined, 1);

const action = mix<Action>(
  [6, fc.constant("complete")],
  [6, pick("accept", "leave", "be invited to the next shoot")],
  [8, pick("revoke by hand", "invite by hand", "move to T1", "move to T2")],
  [4, pick("upload", "become strange", "move to no team", "get a retry")],
  [3, pick("come to the next shoot", "get an older completed entry", "get a newer pending entry")],
);

/** By nature; what each looks like on the wire is shown at the client. */
const kind = mix<FaultKind>(
  [9, pick<FaultKind>("reset", "hang", "truncated", { status: 503 })],
  [3, pick<FaultKind>({ status: 429, retryAfter: 3 }, { status: 429 }, { status: 429, retryAfter: 3600 })],
  [2, pick<FaultKind>("success-false", { status: 400 }, { status: 429, code: "INVITE_LIMIT_EXCEEDED" })],
  [3, pick<FaultKind>({ status: 401 }, { status: 402 }, { status: 403 })],
  [3, pick<FaultKind>("redirect", "html", { status: 404, body: "html" }, { delayMs: 3 })],
);
const when = pick("before" as const, "after" as const);
const times = pick(1, 1, 1, 2, 7);
const on = (...verbs: FaultSpec["on"][]) => pick(...verbs);

const fault = mix<FaultSpec>(
  [
    15,
    fc.record({
      ...{ on: on("any", "create", "get", "list", "revoke", "assign"), when, kind, times },
      after: pick(0, 0, 0, 1, 2),
    }),
  ],
  // Answered like a move that was carried out.
  [5, fc.record({ on: on("assign"), kind: pick("no-effect"), times })],
  // Of these the documentation says nothing.
  [
    3,
    fc.record({
      ...{ on: on("create", "get", "revoke"), when, times },
      ...{ kind: pick("somebody-else"), about: who.map(emailOf) },
    }),
  ],
  [2, fc.record({ on: on("list"), kind: pick("unreadable-rows"), rows: pick(1, 3), times })],
);
const faults = fc.array(
  fc.tuple(fault, org).map(([one, of]) => lean({ ...one, org: of })),
  { minLength: 1, maxLength: 2 },
);

const few = fc.integer({ min: 1, max: 9 });
const moment = fc.record({ request: few, when });
const noCheckpoints = pick(undefined, true);
const stop = fc.record({ operations: fc.integer({ min: 1, max: 4 }), written: fc.boolean() });

const trouble = mix<Disturbance>(
  [4, fc.record({ faults }) as fc.Arbitrary<Disturbance>],
  [3, record({ kill: moment, noCheckpoints }) as fc.Arbitrary<Disturbance>],
  [1, fc.record({ crash: moment })],
  [2, record({ stop, noCheckpoints }) as fc.Arbitrary<Disturbance>],
  [1, fc.record({ meanwhile: record({ request: few, action, who, org }) as fc.Arbitrary<never> })],
);

const disturbed = fc
  .tuple(
    oneIn(2, trouble),
    oneIn(6, fc.constant(true)),
    record({ force: oneIn(12, fc.constant(true)), target: oneIn(12, slots), replace: oneIn(12, slots) }),
  )
  .map(([one = {}, parallel, told]) =>
    lean({ ...one, ...told, parallel: "meanwhile" in one ? undefined : parallel }),
  );

const declared = record({
  who,
  at: pick(undefined, undefined, undefined, undefined, undefined, "E", "E", "S", "K"),
  teamId: mix<string | undefined>([20, pick(undefined, "T1", "T2")], [1, fc.constant("T9")]),
  adopt: mix<boolean | undefined>([12, pick(undefined, undefined, true)], [1, fc.constant(false)]),
  forceDestroy: pick(undefined, undefined, undefined, undefined, true, false),
  maxRenewals: oneIn(8, pick(0, 1, 2)),
  resend: oneIn(3, pick(0, 1, 2)),
  retainOnDelete: oneIn(15, fc.constant(true)),
  deleteBeforeReplace: oneIn(8, fc.boolean()),
}) as fc.Arbitrary<Declared>;

const edit = mix<Line>(
  [6, line("declare", slot, declared)],
  [3, line("move", slot, provider)],
  [2, line("remove", slot)],
  [1, line("swap", slot, slot)],
  [6, line("team", slot, pick("T1", "T2"))],
  [2, line("raise", slot, pick(0, 1, 2, 3))],
  [1, line("give", slot, slot, provider)],
  [9, line("act", who, action, org)],
);

const anything = mix<Line>(
  [14, edit],
  [1, mix([1, line("rename", provider)], [1, line("rotate", provider)])],
  [1, line("retain", pick(30, 30, 60, undefined), org)],
  [1, line("scope", provider, pick<(Withheld | undefined)[]>("Organization", "Teams", undefined))],
  [1, line("taint", slot)],
  [2, line("wait", pick(1, 29, 30, 31, 70))],
  [1, line("credits", pick(0, 2, 1000, 1000))],
  [8, line("up", disturbed)],
  [3, line("refresh", disturbed)],
  [1, line("destroy", disturbed)],
  [1, line("settle")],
);

/** People who are there before anything else happens, and of whom one may have come further. */
const first = fc
  .tuple(declared, declared, fc.array(line("act", who, action), { maxLength: 2 }), fc.boolean())
  .map(([one, other, acts, moves]): Line[] => [
    ["declare", "a", { ...one, who: "ada" }],
    ["declare", "b", other],
    ["up"],
    ...acts,
    ...(moves ? [["team", "a", "T2"] as Line] : []),
  ]);

export const scripts: fc.Arbitrary<Line[]> = fc
  .tuple(oneIn(2, first), fc.array(anything, { minLength: 1, maxLength: 30, size: "max" }))
  .map(([start = [], lines]) => [...start, ...lines]);

export const styles: fc.Arbitrary<Styles> = fc.record({
  codes: pick("seed", "specific"),
  revoked: pick("forgotten", "kept"),
  getAnswers: pick("newest", "newest", "oldest"),
  pageSize: pick(undefined, undefined, 2),
});
