import { byId, element, LiveList } from "./dom.mjs";

/** More rows than that are slow to draw, and nobody reads them: the search finds the others. */
const MOST = 200;

const OVER = ["revoked", "deleted"];
const NEXT = {
  accepted: ["upload"],
  uploading: ["generate"],
  generating: ["complete"],
  completed: ["next-shoot", "retry"],
};

/**
 * @typedef {{ id: string, email: string, status: string, teamId: string | null, modelId?: string, expiresAt: string, superseded?: true }} Invite
 * @typedef {{ now: string, teams: Record<string, string> }} State
 * @typedef {{ id: string, email: string, status: string, team: string, teamId: string | null, teams: Record<string, string>, hasModel: boolean, expiry: string, isExpired: boolean }} Row
 * @typedef {(email: string, deed: string, body?: object) => void} DoDeed
 */

/**
 * What a person or an admin could do next, the most likely one first.
 *
 * @param {Pick<Row, "status" | "isExpired" | "hasModel">} row
 * @returns {string[]}
 */
function deedsFor({ status, isExpired, hasModel }) {
  if (OVER.includes(status)) return [];
  if (status === "pending") {
    return [...(isExpired ? [] : ["accept", "expire"]), ...(hasModel ? ["leave"] : []), "revoke"];
  }
  return [...(NEXT[/** @type {keyof typeof NEXT} */ (status)] ?? []), "leave", "revoke"];
}

/**
 * @param {Invite} invite
 * @param {State} state
 * @returns {Row}
 */
function toRow({ id, email, status, teamId, modelId, expiresAt }, { now, teams }) {
  const isExpired = status === "pending" && now >= expiresAt;
  const team = teamId === null ? "" : (teams[teamId] ?? teamId);
  const hasModel = modelId !== undefined;
  return { id, email, status, team, teamId, teams, hasModel, expiry: expiresAt.slice(0, 10), isExpired };
}

/** The people, newest first, and what can be done with each. */
export class People {
  /** @param {DoDeed} doDeed */
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
   * @param {State} state
   */
  show(invites, state) {
    const current = invites.filter(({ superseded }) => !superseded);
    this.rows = current.map((invite) => toRow(invite, state)).reverse();
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
 * @param {DoDeed} doDeed
 */
function render(row, doDeed) {
  const { email, status, expiry, isExpired } = row;
  const buttons = deedsFor(row).map((deed) => {
    const settings = {
      type: "button",
      "aria-label": `${toTitle(deed)} ${email}`,
      onclick: () => doDeed(email, deed),
    };
    return element("button", settings, toTitle(deed));
  });
  const kind = OVER.includes(status) ? "over" : /^[a-z]+$/.test(status) ? status : "";
  return element(
    "tr",
    { tabindex: "-1" },
    element("td", {}, email),
    element("td", {}, element("span", { class: `status ${kind}` }, status)),
    element("td", {}, OVER.includes(status) ? row.team : teamSelect(row, doDeed)),
    element(
      "td",
      { class: isExpired ? "warn" : status === "pending" ? "" : "quiet" },
      isExpired ? `expired ${expiry}` : expiry,
    ),
    element("td", {}, element("div", { class: "deeds" }, ...buttons)),
  );
}

/**
 * The team of a person, to move them.
 *
 * @param {Row} row
 * @param {DoDeed} doDeed
 */
function teamSelect({ email, teamId, teams }, doDeed) {
  const options = [["", "none"], ...Object.entries(teams)].map(([id = "", name = ""]) =>
    element("option", { value: id, ...(id === (teamId ?? "") && { selected: "" }) }, name),
  );
  /** @param {Event & { target: HTMLSelectElement }} event */
  const onchange = ({ target }) =>
    doDeed(email, "move", { teamId: target.value === "" ? null : target.value });
  return element("select", { "aria-label": `Team of ${email}`, onchange }, ...options);
}

/** @param {string} deed */
function toTitle(deed) {
  return deed.charAt(0).toUpperCase() + deed.slice(1).replace("-", " ");
}
