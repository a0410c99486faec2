/**
 * `pulumi-resource-headshotpro`: the plugin that serves programs in any language. The engine starts it with its own
 * address, and reads from stdout, where nothing else may stand, on which port it listens.
 */
import { Server, ServerCredentials } from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { EngineLink } from "./engine-link";
import { LARGEST_MESSAGE } from "./largest-message";
import { serviceFor } from "./service";

const link = new EngineLink();
link.belongTo(process.argv[2] ?? "");
const server = new Server({ "grpc.max_receive_message_length": LARGEST_MESSAGE });
server.addService(ResourceProviderService, serviceFor(link));
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  process.stdout.write(`${port}\n`);
});
