// Puts a review into the merge request's one comment. With the variables that GitLab sets, and REVIEW_TOKEN.
import { readFileSync } from "node:fs";

const MARK = "<!-- pulumi-headshotpro review -->";
const { CI_API_V4_URL, CI_PROJECT_ID, CI_MERGE_REQUEST_IID, REVIEW_TOKEN } = process.env;
const notes = `${CI_API_V4_URL}/projects/${CI_PROJECT_ID}/merge_requests/${CI_MERGE_REQUEST_IID}/notes`;

async function gitlab(url, method = "GET", content = undefined) {
  const headers = { "PRIVATE-TOKEN": REVIEW_TOKEN, "Content-Type": "application/json" };
  const response = await fetch(url, { method, headers, body: content && JSON.stringify(content) });
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${await response.text()}`);
  return response;
}

async function earlier() {
  for (let page = "1"; page; ) {
    const response = await gitlab(`${notes}?per_page=100&page=${page}`);
    const found = (await response.json()).find(({ body }) => body.startsWith(MARK));
    if (found) return found.id;
    page = response.headers.get("x-next-page");
  }
}

const body = `${MARK}\n${readFileSync(process.argv[2], "utf8")}`;
const id = await earlier();
await (id ? gitlab(`${notes}/${id}`, "PUT", { body }) : gitlab(notes, "POST", { body }));
