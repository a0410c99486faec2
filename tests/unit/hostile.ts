import fc from "fast-check";
import { deep } from "../support/constants";

/** Names that an object must not be led astray by. */
const NASTY = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "then", "toJSON", ""];
const KNOWN = [
  ...[
    "success",
    "data",
    "invite",
    "invites",
    "email",
    "status",
    "modelId",
    "teamId",
    "teamName",
    "createdAt",
  ],
  ...["id", "link", "message", "error", "code", "errors", "path", "msg", "statusCode", "pagination"],
  ...["hasMore", "limit", "offset", "adopt", "forceDestroy", "maxRenewals"],
];
const key = fc.oneof(
  fc.constantFrom(...KNOWN),
  fc.constantFrom(...KNOWN),
  fc.constantFrom(...NASTY),
  fc.string(),
);

const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom(
    "pending",
    "NOT_FOUND",
    "ada@acme.com",
    "2026-01-01T00:00:00Z",
    "true",
    "\u0000",
    "\ud800",
    "%",
    "{}",
  ),
  fc.tuple(fc.constantFrom("<", "a", " ", ".", "@", "😀", "\u0301", "<title>"), fc.nat(400)).map(repeated),
);

function repeated([part, times]: [string, number]): string {
  return part.repeat(times);
}

/** JSON as nobody documented it: the names of the API with values of any kind, at any depth. */
export const anyJson: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.oneof(text, fc.double(), fc.integer(), fc.boolean(), fc.constant(null)),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.array(fc.tuple(key, tie("value")), { maxLength: 5 }).map(ownProperties),
  ),
})).value;

/** As JSON.parse makes them: "__proto__" is a property like any other. */
function ownProperties(entries: [string, unknown][]): unknown {
  return JSON.parse(
    `{${entries.map(([name, one]) => `${JSON.stringify(name)}:${JSON.stringify(one)}`).join()}}`,
  );
}

/** What stands for a body: JSON, nearly JSON, markup, bytes. */
export const anyBody: fc.Arbitrary<Buffer> = fc.oneof(
  anyJson.map((value) => Buffer.from(JSON.stringify(value) ?? "")),
  fc
    .tuple(anyJson, fc.nat(60))
    .map(([value, cut]) => Buffer.from((JSON.stringify(value) ?? "").slice(0, cut))),
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  text.map((one) => Buffer.from(`<html><title>${one}</title>`)),
  // Rarely: each is long, and once is enough.
  fc.nat(2000).map((levels) => Buffer.from(levels < 1900 ? `${levels}` : deep(levels))),
);

/** To be given to each property: says which case failed in a few lines, however long it is. */
export const briefly: fc.Parameters<unknown> = {
  reporter(run) {
    if (!run.failed) return;
    const why =
      run.errorInstance instanceof Error ? (run.errorInstance.stack ?? "") : String(run.errorInstance);
    const example = fc.stringify(run.counterexample).slice(0, 1500);
    throw new Error(`seed ${run.seed}, case ${run.counterexamplePath}: ${why.slice(0, 1500)}\n${example}`);
  },
};

/** Anything at all that JavaScript has, as a declaration may be written without types. */
export const anything = fc.anything({
  key,
  withBigInt: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withNullPrototype: true,
  withObjectString: true,
  withSparseArray: true,
  withTypedArray: true,
  maxDepth: 3,
});
