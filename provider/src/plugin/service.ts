import type { handleUnaryCall, UntypedServiceImplementation } from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { ConfiguredProvider } from "./configured-provider";
import type { EngineLink } from "./engine-link";
import { failureOf } from "./errors";
import schema from "./schema.json";

const { version } = require("../../package.json") as { version: string };

/**
 * The calls of the engine. Most processes of a run serve the schema only: what the verbs need is loaded when a
 * provider is configured.
 */
export function serviceFor(link: EngineLink): UntypedServiceImplementation {
  let configured: ConfiguredProvider | undefined;
  const provider = () => {
    if (!configured) throw new Error("The provider was asked before it was configured.");
    return configured;
  };
  return {
    handshake: answer(async (request: proto.ProviderHandshakeRequest) => {
      link.belongTo(request.getEngineAddress());
      return new proto.ProviderHandshakeResponse().setAcceptSecrets(true);
    }),
    attach: answer(async (request: { getAddress(): string }) => {
      link.belongTo(request.getAddress());
      return new Empty();
    }),
    cancel: answer(async () => new Empty()),
    getPluginInfo: answer(async () => new PluginInfo().setVersion(version)),
    getSchema: answer(async () =>
      new proto.GetSchemaResponse().setSchema(JSON.stringify({ ...schema, version })),
    ),
    checkConfig: answer(async (request: proto.CheckRequest) =>
      configuration().checkConfig(request, process.env),
    ),
    diffConfig: answer(async (request: proto.DiffRequest) => configuration().diffConfig(request)),
    configure: answer(async (request: proto.ConfigureRequest) => {
      const { ConfiguredProvider } =
        require("./configured-provider") as typeof import("./configured-provider");
      configured = new ConfiguredProvider(request, link.address, process.env);
      return new proto.ConfigureResponse().setAcceptsecrets(true).setSupportspreview(true);
    }),
    check: answer(async (r: proto.CheckRequest) => provider().about(r, (verbs) => verbs.check(r))),
    diff: answer(async (r: proto.DiffRequest) => provider().about(r, (verbs) => verbs.diff(r))),
    create: answer(async (r: proto.CreateRequest) => provider().about(r, (verbs) => verbs.create(r))),
    read: answer(async (r: proto.ReadRequest) => provider().about(r, (verbs) => verbs.read(r))),
    update: answer(async (r: proto.UpdateRequest) => provider().about(r, (verbs) => verbs.update(r))),
    delete: answer(async (r: proto.DeleteRequest) => provider().about(r, (verbs) => verbs.delete(r))),
    construct: answer(async (request: proto.ConstructRequest) => provider().construct(request)),
    invoke: answer(async (request: proto.InvokeRequest) => provider().invoke(request)),
  };
}

function configuration() {
  return require("./configuration") as typeof import("./configuration");
}

function answer<Request, Reply>(
  reply: (request: Request) => Promise<Reply>,
): handleUnaryCall<Request, Reply> {
  return ({ request }, done) => {
    reply(request).then(
      (answered) => done(null, answered),
      (error) => done(failureOf(error)),
    );
  };
}
