import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { INVITE_TYPE, PROVIDER_TEXT } from "../../provider/src/invite/urn";
import { EngineAddress } from "./engine-address";
import { call, EngineCalls, type Started, startProvider, structOf } from "./engine-calls";
import type { Properties } from "./verbs";

/**
 * The SDK's own dynamic-provider process, with the text that the state holds. What it prints (the engine shows it as
 * messages on the stack) is in `printed`.
 */
export class ProviderProcess extends EngineCalls {
  private constructor(
    started: Started,
    private readonly run: EngineAddress | undefined,
  ) {
    super(started, INVITE_TYPE);
  }

  /**
   * @param config the stack's configuration, with its namespace: `{"headshotpro:apiKey": "…"}`.
   * @param engineAddress what the providers of one run share. Left out: a run of this process alone.
   */
  static async start(
    env: Record<string, string | undefined>,
    config: Record<string, string> = {},
    engineAddress?: string,
  ): Promise<ProviderProcess> {
    const run = engineAddress === undefined ? await EngineAddress.open() : undefined;
    const script = require.resolve("@pulumi/pulumi/cmd/dynamic-provider");
    const started = await startProvider([script, engineAddress ?? run?.address ?? ""], env);
    const request = new proto.ConfigureRequest();
    request.setArgs(structOf(config));
    await call<proto.ConfigureResponse>((reply) => started.engine.configure(request, reply));
    return new ProviderProcess(started, run);
  }

  override async stop(): Promise<void> {
    this.run?.close();
    await super.stop();
  }

  /** `properties` may bring another provider's text of their own. */
  protected override struct(properties: Properties) {
    return structOf({ __provider: PROVIDER_TEXT, ...properties });
  }
}
