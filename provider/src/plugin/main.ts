/**
 * `pulumi-resource-headshotpro`: the plugin that serves programs in any language. The engine starts it with its own
 * address, and reads from stdout, where nothing else may stand, on which port it listens.
 *
 * Most processes of a run serve the schema only: what the operations need is loaded when a provider is configured.
 */
import {
  type handleServerStreamingCall,
  type handleUnaryCall,
  Server,
  ServerCredentials,
} from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { watchEngine } from "../dynamic/engine-watch";
import type { ConfiguredProvider } from "./configured-provider";
import { MAX_MESSAGE_BYTES, toServiceError } from "./grpc";
import schema from "./schema.json";

const { version } = require("../../package.json") as { version: string };

/** `host:port`; empty before anybody has said it. */
let engineAddress = "";
let configured: ConfiguredProvider | undefined;

/** The engine passes its address as an argument, in the handshake, or when it attaches. */
function serve(address: string): void {
  if (address === "" || address === engineAddress) return;
  engineAddress = address;
  watchEngine(address, () => process.kill(process.pid, "SIGKILL"));
}

function provider(): ConfiguredProvider {
  if (!configured) throw new Error("The provider was asked before it was configured.");
  return configured;
}

function configuration() {
  return require("./configuration") as typeof import("./configuration");
}

function answer<Request, Reply>(
  reply: (request: Request) => Reply | Promise<Reply>,
): handleUnaryCall<Request, Reply> {
  return ({ request }, done) =>
    void Promise.resolve(request)
      .then(reply)
      .then(
        (answered) => done(null, answered),
        (error) => done(toServiceError(error)),
      );
}

/** The same for an operation that answers with several messages. */
function answerAll<Request, Reply>(
  reply: (request: Request) => Promise<Reply[]>,
): handleServerStreamingCall<Request, Reply> {
  return (call) =>
    void Promise.resolve(call.request)
      .then(reply)
      .then(
        (answered) => {
          for (const one of answered) call.write(one);
          call.end();
        },
        (error) => call.emit("error", toServiceError(error)),
      );
}

const server = new Server({ "grpc.max_receive_message_length": MAX_MESSAGE_BYTES });
server.addService(ResourceProviderService, {
  handshake: answer((request: proto.ProviderHandshakeRequest) => {
    serve(request.getEngineAddress());
    return new proto.ProviderHandshakeResponse().setAcceptSecrets(true);
  }),
  attach: answer((request: { getAddress(): string }) => {
    serve(request.getAddress());
    return new Empty();
  }),
  cancel: answer(() => new Empty()),
  getPluginInfo: answer(() => new PluginInfo().setVersion(version)),
  getSchema: answer(() => new proto.GetSchemaResponse().setSchema(JSON.stringify({ ...schema, version }))),
  checkConfig: answer((request: proto.CheckRequest) => configuration().checkConfig(request, process.env)),
  diffConfig: answer((request: proto.DiffRequest) => configuration().diffConfig(request)),
  configure: answer((request: proto.ConfigureRequest) => {
    const { ConfiguredProvider } = require("./configured-provider") as typeof import("./configured-provider");
    configured = new ConfiguredProvider(request, engineAddress, process.env);
    return new proto.ConfigureResponse().setAcceptsecrets(true).setSupportspreview(true);
  }),
  check: answer((request: proto.CheckRequest) => provider().check(request)),
  diff: answer((request: proto.DiffRequest) => provider().diff(request)),
  create: answer((request: proto.CreateRequest) => provider().create(request)),
  read: answer((request: proto.ReadRequest) => provider().read(request)),
  list: answerAll((request: proto.ListRequest) => provider().list(request)),
  update: answer((request: proto.UpdateRequest) => provider().update(request)),
  delete: answer((request: proto.DeleteRequest) => provider().delete(request)),
  construct: answer((request: proto.ConstructRequest) => provider().construct(request)),
  invoke: answer((request: proto.InvokeRequest) => provider().invoke(request)),
});

serve(process.argv[2] ?? "");
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  process.stdout.write(`${port}\n`);
});
