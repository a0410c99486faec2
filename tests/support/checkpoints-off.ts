/** What makes the engine write the state once, at the end, and not after each step. */
export const CHECKPOINTS_OFF = { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" };
