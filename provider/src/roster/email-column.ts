import { readEmail } from "../invite/email";

/**
 * What a header says of the addresses below it, best first: work addresses, e-mail without another word, e-mail with
 * unknown words, names to sign in with, private addresses. Further addresses of the person are never read, but tell when
 * the one that is read looks like the wrong one.
 */
const RANKS = ["work", "plain", "other", "sign-in", "private", "further"] as const;
type Rank = (typeof RANKS)[number];

/** A column that may hold the address of each person, counted from 0. */
export interface EmailColumn {
  position: number;
  rank: Rank;
}

/** The headers that mean an e-mail address and nothing else, spelt as {@link plainHeader} makes them. */
const PLAIN = [
  ...["email", "mail", "emailaddress", "mailaddress", "primaryemail", "primaryemailaddress"],
  // German.
  ...["emailadresse", "mailadresse"],
  // French.
  ...["adresseemail", "adressemail", "adressedemessagerie", "adresseelectronique", "adressedecourriel"],
  ...["adressecourriel", "courriel", "courrierelectronique", "mel"],
  // Spanish.
  ...["correoelectronico", "direcciondecorreoelectronico", "direcciondecorreo", "direcciondeemail", "correo"],
  // Italian.
  ...["indirizzoemail", "indirizzomail", "indirizzodipostaelettronica", "postaelettronica"],
  // Portuguese.
  ...["enderecodeemail", "enderecoeletronico", "correioeletronico", "correioelectronico"],
  // Dutch.
  ...["emailadres", "mailadres"],
  // Swedish, Norwegian, Danish.
  ...["epost", "epostadress", "mejl", "mejladress", "mailadress", "epostadresse"],
  // Finnish, Icelandic.
  ...["sahkoposti", "sahkopostiosoite", "netfang", "tolvupostfang"],
  // Polish, Turkish.
  ...["adresemail", "adrespocztyelektronicznej", "eposta", "epostaadresi"],
  // Okta's reports and API, and Google's export of a group's members.
  ...["useremail", "memberemail"],
];

/** Names to sign in with, which mostly are addresses: Entra's, and Okta's. */
const SIGN_IN = ["userprincipalname", "upn", "login", "userlogin", "oktausername", "username"];

/** Names of a work address that count whatever stands below them, as those above do. */
const KNOWN_WORK = [
  ...["workemail", "workemailaddress", "primarysmtpaddress"],
  ...["geschaftlicheemail", "emailgeschaftlich", "geschaftlicheemailadresse"],
];

/** A header with one of these in it means an e-mail address if addresses stand below it. */
const MAIL =
  /mail|smtp|courriel|messagerie|adressemel|adresseelectronique|correo|postaelettronica|enderecoeletronico|correioele|epost|mejl|sahkoposti|netfang|tolvupost|poczt|почт|邮|郵|メール/u;

const WORK =
  /smtp|work|busines|compan|corporat|office|professional|employer|organi[sz]ation|geschaft|dienst|beruf|firm(a|en|ow)|arbeit|unternehmen|professionnel|travail|entreprise|trabajo|laboral|empresa|institucional|profesional|aziend|lavoro|ufficio|trabalho|profissional|zakelijk|werk|bedrijf|arbete|jobb|foretag|tjanst|arbeid|arbejd|^tyo|sluzbow|kurumsal|рабоч|служебн|会社|公司/u;

const PRIVATE =
  /privat|prive|perso(?!n)|personal|personnel|home|gmail|hotmail|particul|thuis|pessoal|henkilokoht|yksityi|osobist|prywat|личн|私/u;

/** The same address once more, as forms ask for it. */
const REPEATED = /confirm|repeat|retype|wiederhol|bestatig/;

/** Further addresses of the person. */
const FURTHER =
  /second|recovery|alternat|other|additional|backup|^former|alias|zweit|weitere|autre|mail(address|adresse)?[2-9]/u;

/** Addresses of other people or things: they say nothing of the person. */
const NOT_THEIRS =
  /manager|supervisor|vorgesetzt|chef|responsable|jefe|assisten|assistant|emergency|notfall|urgence|sponsor|referr(er|al)|invite(r|dby)|createdby|creator|sender|absender|^from|approv|owner|parent|eltern|spouse|recruit|billing|rechnung|admin|group|gruppe|list$|verteil|team/u;

/** Hosts where people have mailboxes of their own. */
const OWN_MAILBOX =
  /@(gmail|googlemail|outlook|hotmail|live|msn|yahoo|ymail|icloud|me|mac|aol|gmx|web|t-online|freenet|proton|protonmail|pm|fastmail|orange|wanadoo|free|laposte|sfr|libero|virgilio|tiscali|terra|uol|bol|wp|o2|onet|interia|seznam|mail|yandex|ya|qq|163|126|naver)\.[a-z]{2,4}(\.[a-z]{2})?$/;

/** Where Entra keeps sign-in names, most of them without a mailbox. */
const NO_MAILBOX = /\.onmicrosoft\.com$/;

/** Longer than any address with what may stand around it. */
export const LONGEST = 400;

/** A header in lower case, as letters and digits only. @example plainHeader("E-mail Address [Required]"); // "emailaddress" */
export function plainHeader(header: string): string {
  return header
    .replace(/\[.*?\]/g, "")
    .toLowerCase()
    .normalize("NFD")
    .replace(/[^\p{L}\p{N}]/gu, "");
}

/**
 * The columns that may hold the people's addresses, best first. A header that is known by its name counts whatever
 * stands below it; one that only has "mail" or "smtp" in it counts if an address stands below.
 *
 * @param rows the cells below the header.
 * @example
 * emailColumns(["Login", "Work e-mail"], [["ada", "ada@acme.com"]]);
 * // [{ position: 1, rank: "work" }, { position: 0, rank: "sign-in" }]
 */
export function emailColumns(header: readonly string[], rows: readonly (readonly string[])[]): EmailColumn[] {
  const found = header.flatMap((cell, position) => {
    const name = plainHeader(cell);
    const rank = findRank(name);
    // A table without a header begins with a person.
    if (rank === undefined || addressIn(cell) !== undefined) return [];
    return isKnown(name) || holdsAddresses(rows, [{ position }]) ? [{ position, rank }] : [];
  });
  const best = found.sort((a, b) => RANKS.indexOf(a.rank) - RANKS.indexOf(b.rank));
  return best[0]?.rank === "further" ? [] : best;
}

/**
 * A column of addresses whose header does not say so, for a hint: at least half of what stands in it are addresses, and
 * the header does not say that they are somebody else's.
 */
export function unnamedAddressColumn(
  header: readonly string[],
  rows: readonly (readonly string[])[],
): number | undefined {
  const found = header.findIndex((cell, position) => {
    const name = plainHeader(cell);
    if (name === "" || NOT_THEIRS.test(name) || FURTHER.test(name) || addressIn(cell) !== undefined)
      return false;
    const cells = rows.map((row) => row[position] ?? "").filter((text) => text.trim() !== "");
    const addresses = cells.filter((text) => addressIn(text) !== undefined);
    return addresses.length > 0 && addresses.length * 2 >= cells.length;
  });
  return found === -1 ? undefined : found;
}

/** Whether an address stands in one of these columns. */
export function holdsAddresses(
  rows: readonly (readonly string[])[],
  columns: readonly { position: number }[],
): boolean {
  return columns.some(({ position }) => rows.some((row) => addressIn(row[position]) !== undefined));
}

function isKnown(name: string): boolean {
  return [PLAIN, SIGN_IN, KNOWN_WORK].some((names) => names.includes(name));
}

function findRank(name: string): Rank | undefined {
  if (PLAIN.includes(name)) return "plain";
  if (SIGN_IN.includes(name)) return "sign-in";
  if (!MAIL.test(name) || NOT_THEIRS.test(name)) return undefined;
  if (FURTHER.test(name)) return "further";
  if (REPEATED.test(name)) return "plain";
  if (PRIVATE.test(name)) return "private";
  return WORK.test(name) ? "work" : "other";
}

/** The column that a row's address is read from: the best one, or a fallback if that is empty. @param columns best first. */
export function pickEmailColumn(
  record: readonly string[],
  columns: readonly EmailColumn[],
): EmailColumn | undefined {
  const [best] = columns;
  return columns.find((column) => isFallback(column, best) && record[column.position]?.trim()) ?? best;
}

/** The columns that are read. */
export function columnsRead(columns: readonly EmailColumn[]): EmailColumn[] {
  return columns.filter((column) => isFallback(column, columns[0]));
}

/** Whether a column is read where the best one is empty. */
function isFallback({ rank }: EmailColumn, best: EmailColumn | undefined): boolean {
  return rank === best?.rank || rank === "plain" || rank === "sign-in";
}

/**
 * Another column whose address may be the one that is meant, because both are of one rank and differ, or because one
 * of them looks like the person's own, or like a sign-in name without a mailbox. A work address comes before all others.
 *
 * @param read the column that the address is read from.
 */
export function rivalColumn(
  record: readonly string[],
  columns: readonly EmailColumn[],
  read: EmailColumn,
): EmailColumn | undefined {
  const mine = addressIn(record[read.position]);
  if (mine === undefined) return undefined;
  return columns.find(({ position, rank }) => {
    const other = addressIn(record[position]);
    if (other === undefined || other === mine) return false;
    if (rank === read.rank) return true;
    if (read.rank === "work") return false;
    const looksWrong = OWN_MAILBOX.test(mine) || (read.rank === "sign-in" && NO_MAILBOX.test(mine));
    return rank === "private" || (looksWrong && !OWN_MAILBOX.test(other) && !NO_MAILBOX.test(other));
  });
}

/** Whether a row has no work address, and another column would give the person's own in its place. */
export function isOwnInstead(
  record: readonly string[],
  columns: readonly EmailColumn[],
  read: EmailColumn,
): boolean {
  return (
    columns[0]?.rank === "work" &&
    read.rank !== "work" &&
    OWN_MAILBOX.test(addressIn(record[read.position]) ?? "")
  );
}

/** The canonical address in a cell. One with a bar or a slash does not count: those mostly stand between cells. */
function addressIn(cell = ""): string | undefined {
  return cell.length > LONGEST || /[|/]/.test(cell) ? undefined : readEmail(cell).email;
}
