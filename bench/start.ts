// How long until the provider process has answered its first check, against the SDK's own with an empty provider.
// npm run bench -- 10
import { ProviderProcess } from "../tests/support/provider-process";

const EMPTY = "exports.handler=()=>({check:async(olds,news)=>({inputs:news})})";
const rounds = Number(process.argv[2] ?? 10);

async function millisecondsToFirstCheck(provided: { __provider?: string }): Promise<number> {
  const started = performance.now();
  const provider = await ProviderProcess.start({ HEADSHOTPRO_API_KEY: "unused" });
  await provider.check({ email: "ada@acme.com", ...provided });
  const milliseconds = performance.now() - started;
  await provider.stop();
  return milliseconds;
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

async function main(): Promise<void> {
  const ours: number[] = [];
  const empty: number[] = [];
  // Interleaved, so that whatever else the machine does hits both.
  for (let round = 0; round < rounds; round++) {
    empty.push(await millisecondsToFirstCheck({ __provider: EMPTY }));
    ours.push(await millisecondsToFirstCheck({}));
  }
  const ratio = median(ours) / median(empty);
  console.log(
    `empty provider: ${median(empty).toFixed(0)} ms; ours: ${median(ours).toFixed(0)} ms (medians of ${rounds})`,
  );
  console.log(`provider process ready: ${ratio.toFixed(2)} × the SDK's own (budget: 1.3)`);
}

main();
