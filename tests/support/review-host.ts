import { writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

interface Account {
  id: number;
  login: string;
  type: "Bot" | "User";
}

interface Kept {
  id: number;
  body: string;
  by: Account;
}

/** What comes in place of an answer, or after what was asked for is done all the same. */
interface Fault {
  status?: number;
  headers?: Record<string, string>;
  /** Left out: the connection is cut. */
  text?: string;
  afterEffect?: boolean;
  /** Only for this method; left out: for any. */
  method?: string;
}

interface Answer {
  status: number;
  json: unknown;
  headers?: Record<string, string>;
}

export const APP: Account = { id: 41898282, login: "github-actions[bot]", type: "Bot" };
export const PERSON: Account = { id: 7, login: "mallory", type: "User" };
const TOKEN = "host-token-of-the-tests";
const LONGEST = { github: 65_536, gitlab: 1_000_000 };

/**
 * The comments API of GitHub or GitLab on loopback, as far as a review needs it, for the repository `acme/people` and
 * its pull request 3. Written from their references, and not from the code under test.
 */
export class ReviewHost {
  readonly token = TOKEN;
  readonly comments: Kept[] = [];
  /** `GET /user`, in the order of arrival. */
  readonly requests: string[] = [];
  /** What happens to the next requests. */
  readonly faults: Fault[] = [];
  /** Whose token it is. GitHub tells an app nothing about itself. */
  account = APP;
  mayWrite = true;
  /** New comments wait until so many are asked for. */
  together = 1;
  private waiting: (() => void)[] = [];
  private nextId = 1000;
  private readonly server: Server;

  private constructor(readonly kind: "github" | "gitlab") {
    this.server = createServer((request, response) => {
      void this.answer(request).then((answer) => {
        if (!answer) return request.socket.destroy();
        const { status, json, headers } = answer;
        const text = typeof json === "string" ? json : JSON.stringify(json);
        return response.writeHead(status, headers).end(text);
      });
    });
  }

  static async start(kind: "github" | "gitlab"): Promise<ReviewHost> {
    const host = new ReviewHost(kind);
    await new Promise<void>((listening) => host.server.listen(0, "127.0.0.1", listening));
    return host;
  }

  get url(): string {
    const path = this.kind === "github" ? "" : "/api/v4";
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}${path}`;
  }

  /** A comment that somebody writes by hand. */
  add(body: string, by = PERSON): Kept {
    const comment = { id: this.nextId++, body, by };
    this.comments.push(comment);
    return comment;
  }

  get bodies(): string[] {
    return this.comments.map(({ body }) => body);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }

  private async answer(request: IncomingMessage): Promise<Answer | undefined> {
    let text = "";
    for await (const chunk of request) text += chunk;
    const { method = "" } = request;
    const url = new URL(this.url + (request.url ?? "").replace(/^\/api\/v4/, ""));
    const path = url.pathname.replace(/^\/api\/v4/, "");
    this.requests.push(`${method} ${path}${url.search}`);
    const at = this.faults.findIndex((fault) => fault.method === undefined || fault.method === method);
    const [fault] = at < 0 ? [] : this.faults.splice(at, 1);
    if (fault && !fault.afterEffect) return spoilt(fault);
    if (method === "POST") await this.othersToo();
    const answer = this.carriedOut(request, method, path, url.searchParams, text);
    return fault ? spoilt(fault) : answer;
  }

  private async othersToo(): Promise<void> {
    const turn = new Promise<void>((go) => this.waiting.push(go));
    if (this.waiting.length >= this.together) for (const go of this.waiting.splice(0)) go();
    await turn;
  }

  private carriedOut(
    request: IncomingMessage,
    method: string,
    path: string,
    query: URLSearchParams,
    text: string,
  ): Answer {
    const { authorization, "private-token": privateToken } = request.headers;
    const told = this.kind === "github" ? authorization : `Bearer ${privateToken}`;
    if (told !== `Bearer ${TOKEN}`) return { status: 401, json: { message: "Bad credentials" } };
    if (path === "/user") return this.user();
    const list =
      this.kind === "github"
        ? "/repos/acme/people/issues/3/comments"
        : "/projects/acme%2Fpeople/merge_requests/3/notes";
    const one = this.kind === "github" ? "/repos/acme/people/issues/comments/" : `${list}/`;
    if (path === list && method === "GET") return this.page(list, query);
    const comment = this.comments.find(({ id }) => path === `${one}${id}`);
    const isUpdate = ["DELETE", this.kind === "github" ? "PATCH" : "PUT"].includes(method) && comment;
    if (!isUpdate && !(path === list && method === "POST"))
      return { status: 404, json: { message: "Not Found" } };
    // GitHub lets whoever may write change the comments of others.
    const isAnothers = isUpdate && this.kind === "gitlab" && comment.by !== this.account;
    if (!this.mayWrite || isAnothers)
      return { status: 403, json: { message: "Resource not accessible by integration" } };
    if (isUpdate && method === "DELETE") {
      this.comments.splice(this.comments.indexOf(comment), 1);
      return { status: 204, json: undefined };
    }
    const { body } = JSON.parse(text) as { body: string };
    if (body.length > LONGEST[this.kind])
      return {
        status: 422,
        json: { message: "Validation Failed", errors: [{ message: "body is too long" }] },
      };
    if (isUpdate) comment.body = body;
    return { status: isUpdate ? 200 : 201, json: this.shown(comment ?? this.add(body, this.account)) };
  }

  private user(): Answer {
    const { id, login, type } = this.account;
    if (this.kind === "github" && type === "Bot")
      return { status: 403, json: { message: "Resource not accessible by integration" } };
    return { status: 200, json: this.kind === "github" ? { id, login, type } : { id, username: login } };
  }

  private page(list: string, query: URLSearchParams): Answer {
    const size = Math.min(100, Number(query.get("per_page") ?? 30));
    const page = Number(query.get("page") ?? 1);
    // GitLab begins with the newest, unless it is asked for another order.
    const isUpward = this.kind === "github" || query.get("sort") === "asc";
    const ordered = isUpward ? this.comments : this.comments.toReversed();
    const next = page * size < ordered.length ? `, <${this.url}${list}?page=${page + 1}>; rel="next"` : "";
    return {
      status: 200,
      json: ordered.slice((page - 1) * size, page * size).map((comment) => this.shown(comment)),
      headers: { link: `<${this.url}${list}?page=1>; rel="first"${next}` },
    };
  }

  private shown({ id, body, by }: Kept): object {
    if (this.kind === "github") return { id, body, user: by };
    return { id, body, author: { id: by.id, username: by.login } };
  }
}

/** What GitHub's or GitLab's runner sets, and the token that a workflow gives. @param folder for the runner's own files */
export function runnerOf(
  { kind, url, token }: ReviewHost,
  folder: string,
  fork = false,
): Record<string, string> {
  if (kind === "gitlab")
    return {
      CI_API_V4_URL: url,
      CI_PROJECT_ID: fork ? "8" : "acme/people",
      CI_MERGE_REQUEST_PROJECT_ID: "acme/people",
      CI_MERGE_REQUEST_SOURCE_PROJECT_ID: fork ? "8" : "acme/people",
      CI_MERGE_REQUEST_IID: "3",
      GITLAB_TOKEN: token,
    };
  const head = { repo: { full_name: fork ? "eve/people" : "acme/people" } };
  const event = { pull_request: { number: 3, head, base: { repo: { full_name: "acme/people" } } } };
  writeFileSync(join(folder, "event.json"), JSON.stringify(event));
  return {
    GITHUB_API_URL: url,
    GITHUB_REPOSITORY: "acme/people",
    GITHUB_EVENT_PATH: join(folder, "event.json"),
    GITHUB_STEP_SUMMARY: join(folder, "summary.md"),
    GITHUB_TOKEN: token,
  };
}

function spoilt({ status, headers, text = "" }: Fault): Answer | undefined {
  return status === undefined ? undefined : { status, headers, json: text };
}
