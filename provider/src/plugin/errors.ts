import { Metadata, type ServiceError, status } from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";

/** What an error says to the engine: its message alone. */
export function failureOf(error: unknown): Partial<ServiceError> {
  const message = error instanceof Error ? error.message : String(error);
  const metadata = error instanceof InPart ? error.metadata : new Metadata();
  return { code: status.UNKNOWN, details: message, metadata };
}

/** A change that was carried out in part: the engine prints the message and records the properties. */
export class InPart extends Error {
  readonly metadata = new Metadata();

  constructor(
    { message, id, reasons }: { message: string; id: string; reasons: string[] },
    properties: Struct,
  ) {
    super(message);
    const recorded = new ErrorResourceInitFailed()
      .setId(id)
      .setProperties(properties)
      .setReasonsList(reasons);
    const detail = new Any();
    detail.pack(recorded.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
    const told = new Status().setCode(status.UNKNOWN).setMessage(message).setDetailsList([detail]);
    // By this name gRPC's other languages carry an error's details; its Node library knows nothing of them.
    this.metadata.add("grpc-status-details-bin", Buffer.from(told.serializeBinary()));
  }
}
