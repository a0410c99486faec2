/** Where a review is discussed: one pull request of GitHub, or one merge request of GitLab. */
export interface Place {
  host: Host;
  /** Without a slash at its end: `https://api.github.com`, `https://gitlab.com/api/v4`. */
  apiUrl: string;
  /** `acme/people`; on GitLab also the project's number. */
  repository: string;
  /** The pull request's number; on GitLab the merge request's `iid`. */
  request: number;
  /** Undefined: the run has none, as in a fork. */
  token: string | undefined;
  /** The variable that holds the token, for messages. */
  tokenEnv: string;
  /** Whether the change comes from a fork, whose runs may not comment. */
  fork: boolean;
}

/** A comment that stands there, as far as it is read. */
export interface Comment {
  id: number;
  body: string;
  author: string;
  /** Whether an app wrote it, which cannot ask who it is. */
  byApp: boolean;
}

/** What differs between the APIs of the hosts. */
export interface Host {
  name: string;
  /** What a change is called there. */
  change: string;
  defaultTokenEnv: string;
  headers(token: string): Record<string, string>;
  /** The list of comments, oldest first, and where a new one is posted. */
  commentsPath(place: Place): string;
  commentPath(place: Place, id: number): string;
  updateMethod: "PATCH" | "PUT";
  /** Undefined if it is none that can be read. */
  readComment(row: unknown): Comment | undefined;
  /** Who `GET /user` says that the token is, as `author` has it. */
  readUser(json: unknown): string | undefined;
  /** What a token needs so that it may comment: a sentence. */
  permission: string;
}
