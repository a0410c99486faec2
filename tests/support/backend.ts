/** A server of the test's own that keeps the state of stacks. */
export interface Backend {
  /** For PULUMI_BACKEND_URL. */
  url: string;
  /** What else the CLI needs in the environment to get at it. */
  env?: Record<string, string>;
  stop(): Promise<void>;
}
