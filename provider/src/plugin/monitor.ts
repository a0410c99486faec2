import { credentials, type ServiceError } from "@grpc/grpc-js";
import type { InvokeResponse } from "@pulumi/pulumi/proto/provider_pb";
import { ResourceMonitorClient } from "@pulumi/pulumi/proto/resource_grpc_pb";
import {
  RegisterResourceOutputsRequest,
  type RegisterResourceRequest,
  type RegisterResourceResponse,
  ResourceInvokeRequest,
} from "@pulumi/pulumi/proto/resource_pb";
import { ENGINE_CHANNEL } from "./grpc";
import { fromStruct, type Properties, toStruct } from "./marshal";

/** The engine's side for programs, which a component registers its resources with. */
export class Monitor {
  private readonly client: ResourceMonitorClient;

  /** @param address `host:port` */
  constructor(address: string) {
    this.client = new ResourceMonitorClient(address, credentials.createInsecure(), ENGINE_CHANNEL);
  }

  /** Declares a resource. @returns once the engine has carried out what is to be done about it. */
  register(request: RegisterResourceRequest): Promise<RegisterResourceResponse> {
    return call((done) => this.client.registerResource(request, done));
  }

  async registerOutputs(urn: string, outputs: Properties): Promise<void> {
    const request = new RegisterResourceOutputsRequest().setUrn(urn).setOutputs(toStruct(outputs));
    await call((done) => this.client.registerResourceOutputs(request, done));
  }

  /** Calls a function of the engine's own. */
  async invoke(token: string, args: Properties): Promise<Properties> {
    const request = new ResourceInvokeRequest().setTok(token).setArgs(toStruct(args));
    const reply = await call<InvokeResponse>((done) => this.client.invoke(request, done));
    return fromStruct(reply.getReturn()).plain;
  }

  close(): void {
    this.client.close();
  }
}

/** @throws Error with the other side's message alone. */
function call<Reply>(
  send: (done: (error: ServiceError | null, reply: Reply) => void) => unknown,
): Promise<Reply> {
  return new Promise((resolve, reject) =>
    send((error, reply) => (error ? reject(new Error(error.details, { cause: error })) : resolve(reply))),
  );
}
