import { domainToUnicode } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { usualRemovals } from "../roster/preflight";
import { comparable, count, quote } from "../text";
import { nameOf, ROSTER_TYPE, typeOf, typesOf } from "../urn";
import { type Changes, changesIn, showsReplacements, stopsUp } from "./changes";
import { classify, type Finding } from "./classify";
import { type Preview, SECRET, STACK_TYPE, visible } from "./preview-json";

/** What a preview means for people. */
export interface Review extends Pick<Changes, "teams" | "others"> {
  findings: Finding[];
  errors: Diagnostic[];
  warnings: Diagnostic[];
  /** Who of a roster starts later, a line for each roster. */
  starters: string[];
  removals: Removals;
  /** Whether the preview has replacements and leaves out their steps: a revoke left over from an earlier one is not shown. */
  hidesReplacements: boolean;
  /** Pending invites that come and go. HeadshotPro caps how many there are at twice the credits. */
  pending: { added: number; removed: number };
}

/**
 * Works out what a preview means for people. The API is not asked: statuses are those of the state.
 *
 * @param at the time of the review: what has expired by then is sent again.
 * @param maxRemovals how many people may lose their invite before a human decides; undefined: {@link usualRemovals}.
 */
export function toReview(preview: Preview, at = new Date(), maxRemovals?: number): Review {
  const changes = changesIn(preview);
  const findings = changes.all.flatMap((change) => classify(change, changes, at) ?? []);
  return {
    findings,
    errors: diagnosticsIn(preview, "error"),
    warnings: diagnosticsIn(preview, "warning"),
    starters: startersIn(preview),
    teams: changes.teams,
    others: changes.others,
    removals: countRemovals(preview, findings, changes.had, maxRemovals),
    hidesReplacements: showsReplacements(preview.steps) === false,
    pending: {
      added: findings.filter(addsPending).length,
      removed: findings.filter(removesPending).length,
    },
  };
}

/** An invite that is sent again in its own place was counted already, unless it was gone. */
function addsPending({ kind, emailed, status }: Finding): boolean {
  const inPlace = (kind === "renewed" || kind === "resent") && status === "pending";
  return emailed && !inPlace;
}

function removesPending({ kind, status, losesInvite, stays }: Finding): boolean {
  const moves = kind === "moved" || (kind === "organization" && !stays);
  return status === "pending" && (losesInvite || moves);
}

/**
 * A review in one sentence.
 *
 * @example
 * toHeadline(review); // "2 people will be e-mailed, 1 loses an unused invite, nobody loses headshots"
 */
export function toHeadline({ findings, errors, others, teams }: Review): string {
  const failed = errors.length > 0 ? "The preview failed. As far as it came: " : "";
  if (findings.length === 0 && errors.length > 0) return "The preview failed; nothing is known about people";
  const stopping = teams.filter(stopsUp).length;
  const stops = stopping > 0 ? [`**${count(stopping, "team stops", "teams stop")} \`pulumi up\`**`] : [];
  if (findings.length === 0)
    return others + teams.length > 0 ? ["Nobody's invite changes", ...stops].join(", ") : "No changes";
  const emailed = findings.filter((finding) => finding.emailed).length;
  const unused = findings.filter((finding) => finding.losesInvite).length;
  const lost = findings.filter(({ headshots }) => headshots === "lost").length;
  const guarded = findings.filter(({ headshots }) => headshots === "guarded").length;
  const parts = [
    emailed === 0 ? "nobody will be e-mailed" : `${count(emailed, "person", "people")} will be e-mailed`,
    unused === 0 ? "nobody loses an invite" : `${count(unused, "loses", "lose")} an unused invite`,
    lost === 0 ? "nobody loses headshots" : `**${count(lost, "loses", "lose")} headshots for good**`,
  ];
  if (guarded > 0) parts.push(`**${count(guarded, "has", "have")} headshots that stop \`pulumi up\`**`);
  const sentence = failed + [...parts, ...stops].join(", ");
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** Whether a human should look before this is merged. */
export function needsHuman({ findings, errors, removals, teams }: Review): boolean {
  const atStake = findings.some(({ headshots }) => headshots === "lost" || headshots === "guarded");
  return errors.length > 0 || areTooMany(removals) || atStake || teams.some(stopsUp);
}

/** How many people lose their invite in a stack, and how many may before a human decides. */
export interface Removals {
  leaving: number;
  /** How many people the stack has, as far as the preview shows them. */
  had: number;
  allowed: number;
  /** How many unchanged resources the preview does not show. People may be among them. */
  unseen: number;
  /** Whether the whole stack is destroyed. */
  destroyed: boolean;
  /** The names of rosters that are removed. */
  rosters: string[];
}

/**
 * Counts who loses an invite. Without `maxRemovals`, nobody may if a roster or the whole stack is removed, because no
 * list of people shows such a change.
 */
function countRemovals(
  { steps, changeSummary }: Preview,
  findings: readonly Finding[],
  had: number,
  maxRemovals: number | undefined,
): Removals {
  const removed = steps.filter(({ op }) => op === "delete");
  const destroyed = removed.some(({ urn }) => typeOf(urn) === STACK_TYPE);
  const rosters = removed.filter(({ urn }) => typeOf(urn) === ROSTER_TYPE).map(({ urn }) => nameOf(urn));
  const whole = destroyed || rosters.length > 0;
  return {
    leaving: findings.filter(({ losesInvite }) => losesInvite).length,
    had,
    allowed: maxRemovals ?? (whole ? 0 : usualRemovals(had)),
    unseen: Math.max(0, (changeSummary?.same ?? 0) - steps.filter(({ op }) => op === "same").length),
    destroyed,
    rosters,
  };
}

/** Whether a human decides, because too many people lose their invite. */
export function areTooMany({ leaving, allowed }: Removals): boolean {
  return leaving > allowed;
}

/** An error or a warning that the engine, the program or the provider reported in a preview. */
export interface Diagnostic {
  /** The resource's name, if it is about one. */
  resource?: string;
  /** Without addresses that may be secret. */
  message: string;
}

type Reported = Preview["diagnostics"][number];

/** The diagnostics of one severity, each without secrets, colours, stack frames and the engine's own prefixes. */
export function diagnosticsIn(preview: Preview, severity: "error" | "warning"): Diagnostic[] {
  const mask = maskFor(preview);
  const all = preview.diagnostics
    .filter((one) => one.severity === severity)
    .map((one) => ({ resource: one.urn && nameOf(one.urn), message: trimMessage(mask(one), one.urn) }));
  const reasons = all.filter(({ message }) => message !== "" && message !== "preview failed");
  // "preview failed" adds nothing to a reason. It stays if there is no other.
  return reasons.length > 0 ? reasons : all;
}

/** What rosters say of people who start later: lines that are no warnings. */
function startersIn(preview: Preview): string[] {
  const mask = maskFor(preview);
  return preview.diagnostics
    .filter(({ severity, message }) => severity.startsWith("info") && STARTERS.test(message))
    .map((one) => trimMessage(mask(one), one.urn));
}

/** The lines of `laterLines` (roster/starts-on.ts). */
const STARTERS = /\d+ (person starts|people start) later: |though they start later: /;

function trimMessage(message: string, urn = ""): string {
  return stripVTControlCharacters(message)
    .replace(/<\{%.*?%\}>/g, "")
    .split("\n")
    .filter((line) => !/^\s+at /.test(line))
    .join("\n")
    .replace(/^(error|warning): /, "")
    .replace(`${typeOf(urn)} resource '${nameOf(urn)}': `, "")
    .trim();
}

/** How the engine prints a value that `check` refuses: `{ada@acme.com}`, and a secret one `{&{{ada@acme.com}}}`. */
const REFUSED_SECRET = /(?<= value )\{&\{\{(.*)\}\}\}(?= has a problem: )/s;
const REFUSED_ADDRESS = /property email value \{(?!&\{\{|\[secret\])/;

const ADDRESS = /[^\s"'`<>(){},;:/=\p{Pi}\p{Pf}][^\s"`<>(){},;:/=]*@[^\s"'`<>(){},;:/=]*[\p{L}\p{N}]/gu;

/** What is said of a roster that is refused before it is a resource. */
const ROSTERS = /^(error: |\S+ resource '.*' has a problem: )*The roster "/;

/** The domain of an address that is refused for it, and the one that may be meant: `outsideDomain` (invite/allowed-domains.ts). */
const OUTSIDE = /[^\s:]+(?= is not an allowed domain)|(?<= is not an allowed domain; did you mean )[^\s?]+/g;

/**
 * Takes addresses out of messages, in which the provider quotes secrets as plain values, in whichever form they are
 * written. Only those stay that are known to be public: a step shows them, the engine's words about a refused value do,
 * or they belong to a roster, which names its people by address. A resource that is refused has no step, and a program
 * that fails says nothing of its resources.
 */
function maskFor({ steps, diagnostics }: Preview): (diagnostic: Reported) => string {
  const addressesIn = (text: string) => (text.match(ADDRESS) ?? []).map(comparable);
  const shown = new Set(
    steps.flatMap(({ urn, oldState, newState }) => [
      ...[oldState?.outputs?.email, newState?.inputs?.email].map((email) => comparable(visible(email) ?? "")),
      ...addressesIn(nameOf(urn)),
    ]),
  );
  const secrets = [
    ...steps.map(({ oldState }) => (oldState?.outputs?.email === SECRET ? oldState.id : undefined)),
    ...diagnostics.map(({ message }) => REFUSED_SECRET.exec(message)?.[1]),
  ]
    .flatMap((secret = "") => [secret, secret.replace(/[^@]+$/, domainToUnicode)].map(comparable))
    .filter((secret) => secret.includes("@"));
  return ({ urn = "", message }) => {
    const isRosters = typesOf(urn).includes(ROSTER_TYPE) || ROSTERS.test(message);
    const isPublic = isRosters || REFUSED_ADDRESS.test(message);
    const named = addressesIn(nameOf(urn));
    const refused = REFUSED_SECRET.exec(message)?.[1];
    let masked = message.replace(REFUSED_SECRET, SECRET);
    if (refused !== undefined) masked = masked.replaceAll(quote(refused), quote(SECRET));
    if (!isPublic) masked = masked.replace(OUTSIDE, SECRET);
    // Words that have an address in another form are masked in the form that compares.
    const words = masked.replace(/\S+/g, (word) => {
      const plain = comparable(hide(word));
      return hide(plain) === plain ? word : hide(plain);
    });
    return hide(words);

    function hide(text: string): string {
      return secrets.reduce((rest, secret) => rest.replaceAll(secret, SECRET), text.replace(ADDRESS, mask));
    }

    function mask(address: string): string {
      const plain = comparable(address);
      if (secrets.includes(plain)) return SECRET;
      return isPublic || shown.has(plain) || named.includes(plain) ? address : "[address]";
    }
  };
}
