import { cut, firstOf, quote, unknownProperty } from "../text";
import { type CanonicalEmail, readEmail } from "./email";
import type { InviteInputs } from "./invite";

/** One thing wrong with a declaration: the property, and a reason that quotes the value. */
export interface InputFailure {
  property: string;
  reason: string;
  /** Of an address that is refused to newcomers only: whose it is. */
  person?: CanonicalEmail;
}

/** What the engine sends in a preview for a value that is known only later (pulumi/pulumi, runtime/rpc.ts). */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

type Kind = "flag" | "count" | "text";

/** How each property is written. */
const KINDS: Record<keyof InviteInputs, Kind> = {
  email: "text",
  teamId: "text",
  team: "text",
  adopt: "flag",
  forceDestroy: "flag",
  maxRenewals: "count",
  resend: "count",
  keepLink: "flag",
};

const MOST_RENEWALS = 100;
const MOST_RESENDS = 1_000_000;

/** All that a program can declare of one person. */
export const INPUTS = Object.keys(KINDS) as (keyof InviteInputs)[];

/** The program's part of a state. */
export function inputsOf(state: InviteInputs): InviteInputs {
  return Object.fromEntries(INPUTS.map((name) => [name, state[name]])) as unknown as InviteInputs;
}

/** How text has to be read for a property: as true or false, as a number, or as it is. */
export function kindOf(property: keyof InviteInputs): Kind {
  return KINDS[property];
}

/**
 * Checks and canonicalises what a program declares. All that is wrong is reported at once; a value that is not
 * known yet (in a preview) passes as it is; null is the same as leaving a property out.
 *
 * @example
 * readInputs({ email: "Ada@Acme.com", teem: "t1" });
 * // { inputs: { email: "ada@acme.com" },
 * //   failures: [{ property: "teem", reason: 'there is no property "teem"; did you mean "team"?' }] }
 */
export function readInputs(declared: Record<string, unknown>): {
  inputs: Record<string, unknown>;
  failures: InputFailure[];
} {
  const inputs: Record<string, unknown> = {};
  const failures: InputFailure[] = [];
  for (const property of INPUTS) {
    const value = declared[property] ?? undefined;
    if (value === UNKNOWN) inputs[property] = value;
    else if (value !== undefined || property === "email") {
      const broken = typeof value === "string" ? brokenCell(property, value) : undefined;
      const { value: parsed, ...failure } =
        broken === undefined ? parseInput(property, value) : { reason: broken };
      if (failure.reason === undefined) inputs[property] = parsed;
      else failures.push({ property, ...failure });
    }
  }
  return { inputs, failures: [...failures, ...unknownProperties(Object.keys(declared))] };
}

/** How many unknown properties are told one by one; more are those of another table. */
const ONE_BY_ONE = 5;

function unknownProperties(declared: readonly string[]): InputFailure[] {
  const names: string[] = INPUTS;
  const unknown = declared.filter((property) => !names.includes(property));
  if (unknown.length <= ONE_BY_ONE)
    return unknown.map((property) => ({ property, reason: unknownProperty(property, names) }));
  const found = firstOf(
    unknown.map((property) => quote(cut(property, 20))),
    ONE_BY_ONE,
  );
  const reason = `there are no properties ${found}; the properties are ${names.join(", ")}`;
  return [{ property: unknown[0] ?? "", reason }];
}

/** A value as it is used, or why it cannot be used. */
type Parsed =
  | { value: unknown; reason?: undefined }
  | ({ value?: undefined } & Omit<InputFailure, "property">);

function parseInput(property: keyof InviteInputs, value: unknown): Parsed {
  const kind = KINDS[property];
  if (kind === "count") return parseCount(value, property === "resend" ? MOST_RESENDS : MOST_RENEWALS);
  if (kind === "flag")
    return typeof value === "boolean" ? { value } : { reason: `expected true or false, not ${quote(value)}` };
  if (value === undefined) return { reason: "it is missing" };
  if (typeof value !== "string") return { reason: `expected text, not ${quote(value)}` };
  if (property === "email") return parseAddress(value);
  const team = value.trim();
  return team === "" ? { reason: "it is empty; leave it out to invite without a team" } : { value: team };
}

function parseCount(value: unknown, most: number): Parsed {
  if (typeof value !== "number" || !Number.isFinite(value))
    return { reason: `expected a whole number, not ${quote(value)}` };
  return Number.isInteger(value) && value >= 0 && value <= most
    ? { value }
    : { reason: `expected a whole number from 0 to ${most}, not ${quote(value)}` };
}

function parseAddress(text: string): Parsed {
  const { email, problem, person } = readEmail(text);
  if (problem === undefined) return { value: email };
  const reason = `${quote(text)} is not an e-mail address: ${problem}`;
  return person === undefined ? { reason } : { reason, person };
}

/** In capitals between `#` and `!` or `?`: `#REF!`, `#BEZUG!`, `#¿NOMBRE?`, `#DIV/0!`, `#VALEUR !`, `#スピル!`. */
const ENDED = /^#[¡¿]?(?=.*\p{L})[^\p{Ll}#!?]+[!?]$/u;
/** Nothing found, and one letter over another: `#N/A` (with what Bloomberg adds), `#N/D`, `#I/T`, `#Н/Д`. */
const NOT_FOUND = /^#\p{Lu}\/\p{Lu}(?:\s.*)?$/u;
/** Still being looked up: `#GETTING_DATA`, `#DATEN_ABRUFEN`, `#NENÍ_K_DISPOZICI`. */
const WORDS = /^#\p{Lu}+(?:_\p{Lu}+)+!?$/u;
/** What no rule above covers: German, Turkish and Hungarian, Access, and the known ones in any case. */
const NAMED =
  /^#(?:nv|yok|hiányzik|nedostupný|deleted|locked|type!|error|n\/a|name\?|num!|ref!|value!|null!|div\/0!)$/iu;
/** LibreOffice's numbers, in the languages that it translates: `Err:502`, `Fehler: 508`. */
const NUMBERED =
  /^(?:err|erro|error|erreur|errore|fehler|fout|fel|feil|fejl|virhe|chyba|błąd|hata|ошибка)\s?:\s?5\d\d$/iu;
/** A column too narrow for its value, and what Google Sheets shows for the time being. */
const NOT_SHOWN = /^(?:#{2,}|loading(?:\.{3}|…))$/iu;

const ERRORS = [ENDED, NOT_FOUND, WORDS, NAMED, NUMBERED, NOT_SHOWN];

/** The words and marks that a spreadsheet, a database or a program writes where there is nothing. */
const NOTHING =
  /^(?:([-‐‑–—_.·…/\\#?*0])\1*|[(<[]?(?:none|null|nil|nan|undefined|blank|empty|tb[ac]|tbd|(?:un|not )assigned|keine?r?s?|ohne|leer|aucune?|ningun[oa]|nessun[oa]|nenhuma?|geen|no team|unknown|unbekannt|x|object object)[)>\]]?|<na>|\\n|n\s?[./]\s?[ad]\.?|k\.\s?a\.)$/iu;

/**
 * What is wrong with a value that only stands for another one: an error of a spreadsheet, in any of its languages, or,
 * for an address, a team or a day, a mark for "nothing". Undefined of anything else. It holds for every way in, because
 * a program may have read the spreadsheet, too.
 *
 * The shape decides, not a list, so a team that is really called `#REF!` or `None` can be given by its id only.
 *
 * @param property the input whose value it is.
 * @example
 * brokenCell("email", "#BEZUG!"); // '"#BEZUG!" is an error of a spreadsheet, …'
 * brokenCell("team", "n/a"); // '"n/a" is no team, but a mark for nothing: …'
 */
export function brokenCell(property: string, text: string): string | undefined {
  const cell = text.trim();
  if (ERRORS.some((error) => error.test(cell)))
    return (
      `${quote(cell)} is an error of a spreadsheet, not a value: correct the formula in this cell, or type the value ` +
      `in, and export again${property === "team" ? REALLY : ""}`
    );
  if (!NOTHING.test(cell)) return undefined;
  if (property === "email")
    return `${quote(cell)} is a mark for nothing, not an address: write the address in`;
  if (property === "team" || property === "teamId")
    return (
      `${quote(cell)} is a mark for nothing, not a team: leave ${property} empty to invite without a team` +
      (property === "team" ? REALLY : "")
    );
  if (property === "startsOn")
    return (
      `${quote(cell)} is a mark for nothing, not a day: leave startsOn empty to invite at once, or write the day as ` +
      "2026-12-01 (year, month, day)"
    );
  return undefined;
}

const REALLY = " (a team that is really called this: give its teamId)";
