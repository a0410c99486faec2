/** The outputs that are secret: whoever has one of them can sign up as the person. */
export const SECRET_OUTPUTS: readonly string[] = ["link", "inviteId"];
