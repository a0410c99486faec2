import { quote } from "../text";

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
