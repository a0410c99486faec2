import { strict as assert } from "node:assert";
import { movesTeam, wasRenewal } from "./facts";
import { placeOfResource } from "./planning";
import type { Observation } from "./world";

/** What was done in all. */
export interface Figures {
  scripts: number;
  commands: number;
  requests: number;
}

/** What the laws have to remember from one command to the next. */
export class Bookkeeping {
  private readonly renewed = new Map<string, number>();
  /** The `resend` that the latest e-mail to a place carried out, for as long as no state tells of it. */
  private readonly resent = new Map<string, number>();

  /** Who was sent an invite of which no state tells. */
  private readonly unrecorded = new Set<string>();

  constructor(private readonly figures: Figures = { scripts: 0, commands: 0, requests: 0 }) {}

  scriptEnded(requests: number): void {
    this.figures.scripts++;
    this.figures.requests += requests;
  }

  /** Whether a person is still owed the e-mail of a raised `resend`. To be asked before {@link note}. */
  owesResend(place: string, { declared, stateBefore }: Observation): boolean {
    const { slot, as } = declared.get(place) ?? {};
    const old = stateBefore.find((one) => one.slot === slot && !one.doomed);
    const done = Math.max(Number(old?.outputs.resend ?? 0), this.resent.get(place) ?? 0);
    return (as?.resend ?? 0) > done;
  }

  /** Whether what is at a place may be an invite of ours: sent, and the record lost. To be asked before {@link note}. */
  mayBeOurs(place: string, { emails }: Observation): boolean {
    return this.unrecorded.has(place) || emails.includes(place);
  }

  note(seen: Observation): void {
    this.figures.commands++;
    this.checkRenewals(seen);
    for (const place of seen.emails) this.unrecorded.add(place);
    for (const one of seen.stateAfter) this.unrecorded.delete(placeOfResource(one));
    for (const place of seen.emails) this.resent.set(place, seen.declared.get(place)?.as.resend ?? 0);
    for (const { slot, outputs } of seen.stateAfter)
      for (const [place, { slot: other, as }] of seen.declared)
        if (other === slot && outputs.resend === as.resend) this.resent.delete(place);
  }

  /** At most `maxRenewals` in the life of a resource; one more for each command whose end was not recorded. */
  private checkRenewals(seen: Observation): void {
    const troubled = Object.keys(seen.disturbed).length > 0;
    for (const operation of seen.preview.planned) {
      const { op, place, slot, inputs } = operation;
      const isNewTurn = seen.deletedBefore.has(place) || (op === "update" && movesTeam(operation));
      if (op === "create" || op === "replace" || isNewTurn) this.renewed.set(place, 0);
      else if (!troubled && seen.emails.includes(place) && wasRenewal(operation, seen.startedAt)) {
        const max = Number(inputs?.maxRenewals ?? 3);
        const count = (this.renewed.get(place) ?? 0) + 1;
        this.renewed.set(place, count);
        assert.ok(count <= max, `law 3: ${place} was renewed ${count} times, of ${max}`);
        const after = seen.stateAfter.find((one) => one.slot === slot);
        assert.ok(Number(after?.outputs.renewals) <= max, `${place}: renewals recorded`);
      }
    }
  }
}
