import assert from "node:assert/strict";
import { RateLimiter } from "../../provider/src/api/rate-limiter";
import type { ResponseInfo } from "../../provider/src/client/request-hooks";

/** A limiter and the time that passes; both clocks are the same, to the millisecond. */
class Trial {
  now = 1_000_000;
  readonly limiter = new RateLimiter();

  /** Sends as many as may go, at most so many. @returns their numbers */
  send(most: number): number[] {
    const numbers: number[] = [];
    while (numbers.length < most && this.limiter.mayGo(this.now, most - numbers.length))
      numbers.push(this.limiter.sent(this.now));
    return numbers;
  }

  answer(number: number | undefined, news: Partial<ResponseInfo> = {}): void {
    assert.ok(number);
    this.limiter.ended(number, this.now, { sentAt: this.now, answeredAt: this.now, refused: false, ...news });
  }

  /** The one that goes alone comes back with this. */
  open(news: Partial<ResponseInfo> = {}): void {
    const [number, ...more] = this.send(9);
    assert.deepEqual(more, []);
    this.answer(number, news);
  }
}

describe("RateLimiter", () => {
  let trial: Trial;
  beforeEach(() => {
    trial = new Trial();
  });
  const told = (remaining: number, inMs = 60_000) => ({ remaining, resetAt: trial.now + inMs });

  it("the first goes alone, and its answer opens the way to 32 at once", () => {
    assert.equal(trial.send(100).length, 1);
    trial.answer(1);
    const numbers = trial.send(100);
    assert.equal(numbers.length, 32);
    assert.equal(trial.limiter.opensAt(trial.now, 68), undefined, "only an answer makes room");
    trial.answer(numbers[0]);
    assert.equal(trial.send(100).length, 1);
  });

  it("does not wait for the answer to the first for longer than two seconds", () => {
    trial.send(1);
    assert.equal(trial.limiter.opensAt(trial.now, 5), trial.now + 2000);
    trial.now += 2000;
    assert.equal(trial.send(5).length, 5);
  });

  it("sends a quarter of what is left of a window at once, those in flight included, and then waits for its end", () => {
    trial.open(told(5));
    const sizes: number[] = [];
    for (let left = 5; left > 0; ) {
      const numbers = trial.send(9);
      sizes.push(numbers.length);
      for (const number of numbers) trial.answer(number, told(--left));
    }
    assert.deepEqual(sizes, [2, 1, 1, 1]);
    assert.equal(trial.send(9).length, 0);
    assert.equal(trial.limiter.opensAt(trial.now, 9), trial.now + 60_002);
    trial.now += 60_002;
    assert.equal(trial.send(9).length, 1, "one goes alone");
    trial.answer(7, told(4));
    assert.equal(trial.send(9).length, 1);
  });

  it("an answer that was overtaken gives nothing back", () => {
    trial.open(told(20));
    const [first, second] = trial.send(2);
    trial.answer(second, told(3));
    trial.answer(first, told(19));
    assert.equal(trial.send(20).length, 1);
  });

  it("what another client takes shows in the next answer", () => {
    trial.open(told(200));
    const [number] = trial.send(1);
    trial.answer(number, told(2));
    assert.equal(trial.send(20).length, 1);
  });

  it("a request without any answer is in flight no more, and opens nothing", () => {
    const [number] = trial.send(1);
    trial.limiter.ended(number ?? 0, trial.now);
    assert.equal(trial.send(9).length, 1);
  });

  it("takes over another limit in the middle of a window, from the later request", () => {
    trial.open(told(10));
    const [early, late] = trial.send(2);
    trial.answer(late, told(1000, 3000));
    trial.answer(early, told(8));
    assert.equal(trial.send(99).length, 32);
    assert.equal(trial.limiter.opensAt(trial.now, 9), undefined);
  });

  for (const [name, news] of [
    ["nothing", () => ({})],
    ["only how many are left", () => ({ remaining: 0 })],
    ["a window that is over", () => told(0, -60_000)],
    ["a window of an hour", () => told(0, 3_600_000)],
  ] as const)
    it(`headers that tell ${name} stop nobody`, () => {
      trial.open(news());
      assert.equal(trial.send(99).length, 32);
    });

  for (const [name, news] of [
    ["tell nothing", () => ({})],
    ["tell of a window that is over", () => told(300, -60_000)],
  ] as const)
    it(`replies that ${name} leave the limit that the vendor documents: 300 a minute`, () => {
      const from = trial.now;
      trial.open(news());
      for (let sent = 1; sent < 300; sent++) trial.answer(trial.send(1)[0], news());
      assert.equal(trial.send(9).length, 0);
      assert.equal(trial.limiter.opensAt(trial.now, 9), from + 60_500);
      trial.now = from + 60_500;
      assert.equal(trial.send(9).length, 9);
    });

  it("a reply that tells of a limit ends what was assumed", () => {
    trial.open(told(1000));
    for (let sent = 1; sent < 400; sent++) trial.answer(trial.send(1)[0]);
    assert.equal(trial.send(9).length, 9);
  });

  it("a refusal closes for the pause that it is given, and then one goes alone", () => {
    trial.open();
    const [number] = trial.send(3);
    trial.answer(number, { refused: true });
    trial.limiter.close(trial.now + 4000);
    assert.equal(trial.send(9).length, 0);
    assert.equal(trial.limiter.opensAt(trial.now, 9), trial.now + 4000);
    trial.now += 4000;
    assert.equal(trial.send(9).length, 1);
  });

  it("a refusal in a window that is known: until its end, not in whole seconds and by chance after it", () => {
    trial.open(told(50));
    const [number] = trial.send(1);
    trial.answer(number, { ...told(0, 40_000 + 20_000), refused: true });
    trial.limiter.close(trial.now + 61_700);
    assert.equal(trial.limiter.opensAt(trial.now, 9), trial.now + 60_002);
    trial.limiter.close(trial.now + 90_000);
    assert.equal(trial.limiter.opensAt(trial.now, 9), trial.now + 90_000, "another pause is longer");
  });

  it("a refusal counts, whatever its header says is left", () => {
    trial.open(told(300));
    const [number] = trial.send(1);
    trial.answer(number, { ...told(300), refused: true });
    trial.now += 1;
    assert.equal(trial.send(9).length, 0);
  });

  describe("the last requests of a window that somebody waits for", () => {
    const date = () => Math.floor(trial.now / 1000) * 1000;

    it("go 50 ms apart while the API's clock is not known well", () => {
      trial.open({ ...told(15), date: date() });
      assert.equal(trial.send(99).length, 0);
      assert.equal(trial.limiter.opensAt(trial.now, 99), trial.now + 50);
      trial.now += 50;
      assert.equal(trial.send(99).length, 1);
    });

    it("go together once it is known", () => {
      trial.now = 1_000_990;
      trial.open({ ...told(17), date: date() });
      trial.now += 20;
      // Alone, since nobody else waits.
      const [second] = trial.send(1);
      trial.answer(second, { date: date() });
      trial.now += 50;
      assert.equal(trial.send(99).length, 5, "a quarter of them");
    });

    it("go together if all that wait fit in", () => {
      trial.open({ ...told(15), date: date() });
      assert.equal(trial.send(15).length, 4, "a quarter of them");
    });
  });
});
