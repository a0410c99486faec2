import { byId, element, LiveList } from "./dom.mjs";

/** More rows than that are slow to draw, and nobody reads them: the search finds the others. */
const MOST = 200;

const OVER = ["revoked", "deleted"];
const NEXT = { accepted: "upload", uploading: "generate", generating: "complete" };

/**
 * @typedef {{ id: string, email: string, status: string, teamId: string | null, expiresAt: string, superseded?: true }} Invite
 * @typedef {{ id: string, email: string, status: string, team: string, expiry: string, isExpired: boolean }} Row
 */

/**
 * What a person or an admin could do next, the most likely one first.
 *
 * @param {Pick<Row, "status" | "isExpired">} row
 * @returns {string[]}
 */
function deedsFor({ status, isExpired }) {
  if (OVER.includes(status)) return [];
  if (status === "pending") return isExpired ? ["revoke"] : ["accept", "expire", "revoke"];
  const next = NEXT[/** @type {keyof typeof NEXT} */ (status)];
  return [...(next ? [next] : []), "leave", "revoke"];
}

/**
 * @param {Invite} invite
 * @param {{ now: string, teams: Record<string, string> }} state
 * @returns {Row}
 */
function rowOf({ id, email, status, teamId, expiresAt }, { now, teams }) {
  const isExpired = status === "pending" && now >= expiresAt;
  const team = teamId === null ? "" : (teams[teamId] ?? teamId);
  return { id, email, status, team, expiry: expiresAt.slice(0, 10), isExpired };
}

/** The people, newest first, and what can be done with each. */
export class People {
  /** @param {(email: string, deed: string) => void} doDeed */
  constructor(doDeed) {
    this.rows = /** @type {Row[]} */ ([]);
    this.find = /** @type {HTMLInputElement} */ (byId("find"));
    this.find.addEventListener("input", () => this.#draw());
    this.list = new LiveList(
      byId("people"),
      (/** @type {Row} */ { id }) => id,
      (row) => render(row, doDeed),
    );
  }

  /**
   * @param {readonly Invite[]} invites
   * @param {{ now: string, teams: Record<string, string> }} state
   */
  show(invites, state) {
    const current = invites.filter(({ superseded }) => !superseded);
    this.rows = current.map((invite) => rowOf(invite, state)).reverse();
    this.#draw();
  }

  #draw() {
    const wanted = this.find.value.trim().toLowerCase();
    const found = this.rows.filter((row) =>
      [row.email, row.status, row.team].some((text) => text.toLowerCase().includes(wanted)),
    );
    const shown = found.slice(0, MOST);
    this.list.show(shown);
    byId("no-people").hidden = this.rows.length > 0;
    const all = this.rows.length.toLocaleString("en");
    byId("people-count").textContent =
      shown.length === this.rows.length ? all : `${shown.length.toLocaleString("en")} of ${all}`;
  }
}

/**
 * @param {Row} row
 * @param {(email: string, deed: string) => void} doDeed
 */
function render(row, doDeed) {
  const { email, status, team, expiry, isExpired } = row;
  const buttons = deedsFor(row).map((deed) => {
    const button = element("button", { type: "button", onclick: () => doDeed(email, deed) }, titleOf(deed));
    button.setAttribute("aria-label", `${titleOf(deed)} ${email}`);
    return button;
  });
  const kind = OVER.includes(status) ? "over" : /^[a-z]+$/.test(status) ? status : "";
  return element(
    "tr",
    { tabindex: "-1" },
    element("td", {}, email),
    element("td", {}, element("span", { class: `status ${kind}` }, status)),
    element("td", {}, team),
    element(
      "td",
      { class: isExpired ? "warn" : status === "pending" ? "" : "quiet" },
      isExpired ? `expired ${expiry}` : expiry,
    ),
    element("td", {}, element("div", { class: "deeds" }, ...buttons)),
  );
}

/** @param {string} deed */
function titleOf(deed) {
  return deed.charAt(0).toUpperCase() + deed.slice(1);
}
