/** A wait that a person at the terminal would notice is said; a shorter one is not. */
export const NOTICEABLE_MS = 5_000;

/** A line is held back for so long, to tell how many wait. */
export const GATHERING_MS = 200;
