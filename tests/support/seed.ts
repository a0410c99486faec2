/**
 * The seed of every random property, so that each run tries the same cases; `FUZZ_SEED=...` tries others.
 */
export const SEED = Number(process.env.FUZZ_SEED || 20_261_014);
