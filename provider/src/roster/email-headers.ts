/**
 * The header names that mean an e-mail address, best first, spelt as `plainHeader` makes them: lower case, no
 * accents, nothing but letters and digits.
 */
export const EMAIL_HEADERS = [
  "email",
  "mail",
  "emailaddress",
  "mailaddress",
  "primaryemail",
  "primaryemailaddress",
  "workemail",
  "workemailaddress",
  // German.
  ...["emailadresse", "mailadresse", "geschaftlicheemail", "emailgeschaftlich", "geschaftlicheemailadresse"],
  // French.
  ...["adresseemail", "adressemail", "adressedemessagerie", "adresseelectronique", "adressedecourriel"],
  ...["adressecourriel", "courriel", "courrierelectronique", "mel"],
  // Spanish.
  ...["correoelectronico", "direcciondecorreoelectronico", "direcciondecorreo", "direcciondeemail", "correo"],
  // Italian.
  ...["indirizzoemail", "indirizzomail", "indirizzodipostaelettronica", "postaelettronica"],
  // Portuguese.
  ...["enderecodeemail", "enderecoeletronico", "correioeletronico", "correioelectronico"],
  // Dutch.
  ...["emailadres", "mailadres"],
  // Swedish, Norwegian, Danish.
  ...["epost", "epostadress", "mejl", "mejladress", "mailadress", "epostadresse"],
  // Finnish, Icelandic, Polish.
  ...[
    "sahkoposti",
    "sahkopostiosoite",
    "netfang",
    "tolvupostfang",
    "adresemail",
    "adrespocztyelektronicznej",
  ],
  // Okta's reports and API.
  "useremail",
  // Google's export of a group's members.
  "memberemail",
  // Names to sign in with, which mostly are addresses: Entra's, and Okta's.
  "userprincipalname",
  "upn",
  "login",
  "userlogin",
  "oktausername",
  "username",
] as const;
