import { LONGEST, readEmail } from "../invite/email";

/**
 * What a header says of the addresses below it, best first: work addresses, e-mail without another word, e-mail with
 * words for the people themselves, names to sign in with, private addresses. Those below e-mail with unknown words, which
 * may be somebody else's, further ones of the person, and those below a header that says nothing of e-mail are never read,
 * but ask for a word if they differ.
 */
const RANKS = ["work", "plain", "other", "sign-in", "private", "unknown", "further", "unnamed"] as const;
type Rank = (typeof RANKS)[number];

/** The cells of a row. */
export type Cells = readonly string[];

/** A column that may hold the address of each person, counted from 0. */
export interface EmailColumn {
  position: number;
  rank: Rank;
}

/** The columns of a table in which addresses stand, or ought to by their names. */
export interface EmailColumns {
  /** Those that the address is read from, best first: another one where the best one is empty. */
  read: EmailColumn[];
  rivals: EmailColumn[];
  /** The hosts of the addresses in the best one. */
  hosts: ReadonlySet<string>;
}

/** Names to sign in with, which mostly are addresses: Entra's, and Okta's. They count whatever stands below them. */
const KNOWN_SIGN_IN = ["userprincipalname", "upn", "login", "userlogin", "oktausername", "username"];

/** A header with one of these in it holds names to sign in with if addresses stand below it. */
const SIGN_IN = /log[io]n|sign[io]n|username|userprincipal|benutzername|anmelde|identifiant|^upn|upn$/;

/** A header with one of these in it means an e-mail address if addresses stand below it. */
const MAIL =
  /mail|smtp|courriel|courrierele|messagerie|^mel$|adressemel|adresseelectronique|correo|postaelettronica|enderecoeletronico|correioele|epost|mejl|sahkoposti|netfang|tolvupost|poczt|почт|邮|郵|メール|메일/u;

/** A word that says no more than that, by itself or with others. */
const PLAIN =
  /^(?:e|mail|smtp|add?ress[ei]?|adresi?|primary|public|user|member|courriel|courrier|messagerie|electroni(?:co|que)|mel|correo|direccion|indirizzo|posta?|elettronica|endereco|eletronico|correio|mejl|sahkoposti|osoite|netfang|tolvupostfang|poczty|elektronicznej|почт[аы]|электронн(?:ая|ои)|адрес|メール|アドレス|電子|电子|邮箱|邮件|郵件|地址|이메일|주소|of|the|my|your|del?|dell[ao]?|di|d[aou]|l[ae]|der)+$/u;

/** A word that begins with one of these means the people of the table themselves. */
const PERSON =
  /^(?:employee|person(?!al)|participa|attendee|staff(?!ing)|student|contact|kontakt|official|oficial|internal|invitee|recipient|candidat|registrant|individual|teilnehm|mitarbeit|personne|employe(?!r)|salarie|emplead[oa](?!r)|empregad[oa](?!r)|funcionari|colaborad|collaborat|dipendent|partecipant|medewerker|deelnemer|deltag|anstalld|ansatt|medarbe|osallistuj|tyontekij|pracowni|uczestni|zamestnan|ucastni|сотрудник|участник|社員|従業員|参加者|员工|員工|参与者|직원|참가자)\p{L}{0,5}(?:e?mail(?:add?resse?)?|メールアドレス)?$/u;

/** A word that says nothing of whose the addresses are: the kind, the place or the age of them. */
const NEUTRAL =
  /^(?:\p{N}+|e?mails|addresses|adresa|ids?|value|name|mailbox|account|info(?:rmation)?|valid|new|neue?|nouveau|nouvelle|current|preferred|main|haupt|principale?|optional|okta|google|microsoft|azure|entra|slack|pro|what|is|please|enter|ihre|votre|d|l|s|des|in|innen|alamat|đia|chi|cim|e?mailova|postası|pracovni|ceges|serviciu|εταιρικο|cong|viec)$/u;

/** A word that begins with one of these means work, with its ending or the word for e-mail behind it: `Dienstmail`. */
const WORK =
  /^(?:smtp|work|busines|company|corporat|office(?!r)|professional|organi[sz]ation|job|geschaft|dienst|beruf|betrieblich|firm(?:a|en|ow)|arbei[dt](?!geber)|unternehmen|professionn?el|travail|entreprise|trabajo|laboral|empresa|institucional|profesional|aziend|lavoro|ufficio|trabalho|profissional|zakelijk|werk(?!gever)|bedrijf|arbet|foretag|tjanst|arbejd|tyo|sluzbow|kurumsal|рабоч|служебн|会社|公司|工作|회사)(?:\p{L}{0,5}|e?mailadd?resse?)$/u;

const PRIVATE =
  /privat|prive|perso(?!n)|personal|personnel|home|gmail|hotmail|particul|thuis|pessoal|henkilokoht|soukrom|yksityi|osobist|prywat|личн|私/u;

const KNOWN = [PLAIN, WORK, PERSON, NEUTRAL, PRIVATE];

/** Further addresses of the person. */
const FURTHER =
  /second|recovery|alternat|other|additional|backup|^former|alias|zweit|weitere|autre|(?<!\d)[2-9](?!\d)/u;

/** Addresses of other people or things: they say nothing of the person. */
const NOT_THEIRS =
  /manager|supervisor|vorgesetzt|chef|responsable|jefe|gestionnaire|gestor|reportsto|assisten|assistant|delegat|emergency|notfall|urgence|sponsor|referr(er|al)|inviter|creator|sender|absender|^from|approv|owner|parent|eltern|spouse|recruit|partner|customer|client|kunde|(company|business|account|firmen)[ck]onta[ck]t|руководител|上司|上级|billing|rechnung|admin|server|group|gruppe|list$|distribution|verteil|team/u;

/** Hosts where people have mailboxes of their own. */
const OWN_MAILBOX =
  /@(gmail|googlemail|outlook|hotmail|live|msn|yahoo|ymail|icloud|me|mac|aol|gmx|web|t-online|freenet|proton|protonmail|pm|fastmail|orange|wanadoo|free|laposte|sfr|libero|virgilio|tiscali|terra|uol|bol|wp|o2|onet|interia|seznam|mail|yandex|ya|qq|163|126|naver)\.[a-z]{2,4}(\.[a-z]{2})?$/;

/** Where directories keep sign-in names without a mailbox: Entra's own domain, and those of a network inside. */
const NO_MAILBOX = /\.(onmicrosoft\.com|local|lan|internal|corp)$/;

/** The words of a header in lower case, without accents. @example headerWords("E-mail Address [Required]"); // ["e", "mail", "address"] */
function headerWords(header: string): string[] {
  const spaced = header.replace(/\[.*?\]/g, "").replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2");
  const folded = spaced
    .toLowerCase()
    .normalize("NFD")
    .replace(/[\u0300-\u036F]/g, "")
    .normalize("NFC");
  return folded.replaceAll("ł", "l").match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}

/** A header in lower case, as letters and digits only. @example plainHeader("E-mail Address [Required]"); // "emailaddress" */
export function plainHeader(header: string): string {
  return headerWords(header).join("");
}

/**
 * The columns that may hold the people's addresses, but for those that hold something else, which are undefined. A
 * header all of whose words are known counts whatever stands below it; one that only has "mail" or "smtp" in it counts
 * if an address stands below, and any other if they mostly do.
 *
 * @param rows the cells below the header.
 * @example
 * emailColumns(["Login", "Work e-mail"], [["ada", "ada@acme.com"]]).read;
 * // [{ position: 1, rank: "work" }, { position: 0, rank: "sign-in" }]
 */
export function emailColumns(header: readonly (string | undefined)[], rows: readonly Cells[]): EmailColumns {
  const found = header.flatMap((cell, position) => {
    const rank = cell === undefined ? undefined : findRank(headerWords(cell));
    // A table without a header begins with a person.
    if (cell === undefined || rank === undefined || addressIn(cell) !== undefined) return [];
    const isKnown = rank === "work" || rank === "plain" || KNOWN_SIGN_IN.includes(plainHeader(cell));
    const counts = rank === "unnamed" ? holdsMostly(rows, position) : holdsAddresses(rows, [{ position }]);
    return isKnown || counts ? [{ position, rank }] : [];
  });
  const [best] = found.sort((a, b) => RANKS.indexOf(a.rank) - RANKS.indexOf(b.rank));
  const isRead = ({ rank }: EmailColumn) => rank === best?.rank || rank === "plain" || rank === "sign-in";
  const isNever = best !== undefined && RANKS.indexOf(best.rank) >= RANKS.indexOf("unknown");
  const read = isNever ? [] : found.filter(isRead);
  const rivals = found.filter((column) => !read.includes(column));
  const inBest = best ? rows.flatMap((row) => addressIn(row[best.position]) ?? []) : [];
  return { read, rivals, hosts: new Set(inBest.map(hostOf)) };
}

export function holdsAddresses(rows: readonly Cells[], columns: readonly { position: number }[]): boolean {
  return columns.some(({ position }) => rows.some((row) => addressIn(row[position]) !== undefined));
}

/** Whether at least half of what stands in a column are addresses. */
function holdsMostly(rows: readonly Cells[], position: number): boolean {
  const cells = rows.map((row) => row[position] ?? "").filter((cell) => cell.trim() !== "");
  const addresses = cells.filter((cell) => addressIn(cell) !== undefined);
  return addresses.length > 0 && addresses.length * 2 >= cells.length;
}

function findRank(words: readonly string[]): Rank | undefined {
  const name = words.join("");
  if (NOT_THEIRS.test(name) || words.includes("by")) return undefined;
  if (SIGN_IN.test(name)) return "sign-in";
  if (!MAIL.test(name)) return "unnamed";
  if (FURTHER.test(name)) return "further";
  if (!words.every((word) => KNOWN.some((kind) => kind.test(word)))) return "unknown";
  if (PRIVATE.test(name)) return "private";
  if (!words.every((word) => PLAIN.test(word) || WORK.test(word))) return "other";
  return words.some((word) => WORK.test(word)) ? "work" : "plain";
}

/** The column that a row's address is read from: the best one, or a fallback if that is empty. */
export function pickEmailColumn(record: Cells, { read }: EmailColumns): EmailColumn | undefined {
  return read.find(({ position }) => record[position]?.trim()) ?? read[0];
}

/**
 * Another column whose address may be the one that is meant: any that differs, but for those that a rule puts below the
 * one that is read.
 *
 * @param picked the column that the address is read from.
 */
export function rivalColumn(
  record: Cells,
  { read, rivals }: EmailColumns,
  picked: EmailColumn,
): EmailColumn | undefined {
  const mine = addressIn(record[picked.position]);
  if (mine === undefined) return undefined;
  return [...read, ...rivals].find(({ position, rank }) => {
    const other = addressIn(record[position]);
    if (other === undefined || other === mine) return false;
    if (rank === picked.rank) return true;
    if (rank === "private") return picked.rank !== "work";
    if (rank === "plain" || (rank === "sign-in" && (picked.rank === "work" || isAkin(mine, other))))
      return false;
    const isBelow = (kind: RegExp) => kind.test(other) && !kind.test(mine);
    return !isBelow(OWN_MAILBOX) && !isBelow(NO_MAILBOX);
  });
}

/** What an address looks like that is read because the best column is empty, if it is another kind than those there. */
export function unlikelyFallback(
  record: Cells,
  { read: [best], hosts }: EmailColumns,
  picked: EmailColumn,
): string | undefined {
  const mine = addressIn(record[picked.position]);
  if (mine === undefined || best === undefined || picked.rank === best.rank || hosts.has(hostOf(mine)))
    return undefined;
  if (NO_MAILBOX.test(mine)) return hosts.size > 0 ? "a name to sign in with, without a mailbox" : undefined;
  return best.rank === "work" && (hosts.size > 0 || OWN_MAILBOX.test(mine))
    ? "the person's own address"
    : undefined;
}

/** Whether two addresses are at one host, or at a part of the other's. */
function isAkin(one: string, other: string): boolean {
  const [a, b] = [`.${hostOf(one)}.`, `.${hostOf(other)}.`];
  return a.includes(b) || b.includes(a);
}

function hostOf(address: string): string {
  return address.slice(address.lastIndexOf("@") + 1);
}

/** The canonical address in a cell, whatever it is called there. One with a slash does not count: those mostly stand between cells. */
function addressIn(cell = ""): string | undefined {
  if (cell.length > LONGEST || !cell.includes("@") || cell.includes("/")) return undefined;
  return readEmail(cell.replace(/^.*<|>.*$|^(?:mailto|smtp):/gi, "")).email;
}
