import { ProviderProcess } from "../../tests/support/provider-process";
import type { PartResult } from "../results";
import type { Settings } from "../settings";
import { median } from "../statistics";

const EMPTY = "exports.handler=()=>({check:async(olds,news)=>({inputs:news})})";

/** How long until the provider process has answered its first check, against an empty provider. */
export async function start({ quick }: Settings): Promise<PartResult> {
  const rounds = quick ? 3 : 15;
  const ours: number[] = [];
  const empty: number[] = [];
  // Interleaved, so that whatever else the machine does hits both.
  for (let round = 0; round < rounds; round++) {
    empty.push(await millisecondsToFirstCheck({ __provider: EMPTY }));
    ours.push(await millisecondsToFirstCheck({}));
  }
  const measured = `${median(ours).toFixed(0)} ms against ${median(empty).toFixed(0)} ms (medians of ${rounds})`;
  const value = median(ours) / median(empty);
  return {
    rows: [{ budget: "provider process ready, against an empty provider", measured, value, bound: 1.3 }],
  };
}

async function millisecondsToFirstCheck(provided: { __provider?: string }): Promise<number> {
  const started = performance.now();
  const provider = await ProviderProcess.start({ HEADSHOTPRO_API_KEY: "unused" });
  await provider.check({ email: "ada@acme.com", ...provided });
  const milliseconds = performance.now() - started;
  await provider.stop();
  return milliseconds;
}
