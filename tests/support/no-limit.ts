/**
 * A rate limit that no test reaches, told in each reply. An API that tells of none is taken to have the vendor's 300
 * requests a minute, which many tests together exceed.
 */
export const NO_LIMIT = { limit: 1_000_000, windowSeconds: 60 };
