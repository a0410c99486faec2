/** The outputs that are secret: whoever has the link can sign up as the person. */
export const SECRET_OUTPUTS: readonly string[] = ["link"];
