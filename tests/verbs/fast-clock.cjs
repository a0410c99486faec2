/**
 * Preloaded into a provider process (`NODE_OPTIONS=--require`): its clock and its timers run faster, as many
 * times as FAST_CLOCK says, so that back-offs and pauses of minutes are waited out in a test. Time-outs of requests are not timers of this
 * kind, and stay real.
 */
const SPEED = Number(process.env.FAST_CLOCK);
const RealDate = Date;
const start = RealDate.now();
const now = () => Math.round(start + (RealDate.now() - start) * SPEED);

globalThis.Date = class extends RealDate {
  constructor(...parts) {
    if (parts.length === 0) super(now());
    else super(...parts);
  }
  static now() {
    return now();
  }
};
const realSetTimeout = setTimeout;
globalThis.setTimeout = (run, ms, ...rest) => realSetTimeout(run, ms / SPEED, ...rest);
