/** Chance as the code under test meets it, the same in each run: it spreads repeats over time by `Math.random`. */
export class Random {
  private readonly original = Math.random;
  private state = 1;

  constructor() {
    Math.random = () => {
      this.state = (this.state * 48_271) % 2_147_483_647;
      return this.state / 2_147_483_647;
    };
  }

  stop(): void {
    Math.random = this.original;
  }
}
